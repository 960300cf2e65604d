/** Tests of what the components for AWS make, without an account. */
package dev.neonstack.it.aws;
