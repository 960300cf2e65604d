/** Neon in an AWS account. */
package dev.neonstack.stacks.config.aws;
