/** What the parts on AWS have in common. */
package dev.neonstack.components.aws;
