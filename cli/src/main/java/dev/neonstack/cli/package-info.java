/** What a person types: status, table, psql, doctor, down, reset. */
package dev.neonstack.cli;
