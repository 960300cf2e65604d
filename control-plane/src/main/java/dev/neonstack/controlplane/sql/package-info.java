/** The catalog in a database: PostgreSQL on a cluster, SQLite on one machine. */
package dev.neonstack.controlplane.sql;
