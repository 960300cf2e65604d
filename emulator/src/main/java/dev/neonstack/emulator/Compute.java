package dev.neonstack.emulator;

/**
 * A PostgreSQL server that runs on a timeline.
 *
 * @param adminUser the superuser; its password is in the file named by the configuration
 */
public record Compute(int port, long pid, String adminUser) {}
