/** Tests of the whole with the real Pulumi CLI and real Postgres servers. */
package dev.neonstack.it;
