/**
 * Stand-ins for Pulumi's plugins for AWS, EKS and Docker, for tests: they check inputs, keep what
 * is made in memory and make up the rest. No cloud and no container engine is used, so that inputs
 * pass here says that they are wired and shaped as they should be, not that AWS accepts them.
 */
package dev.neonstack.it.aws;
