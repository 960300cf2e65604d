package dev.neonstack.controlplane.catalog;

import java.time.Instant;

/**
 * A database in the catalog.
 *
 * @param id a number, unique in the installation
 * @param name its name
 * @param owner the role that owns it
 * @param createdAt when it came into the catalog
 * @param updatedAt when it last changed
 */
public record DatabaseEntry(
    long id, String name, String owner, Instant createdAt, Instant updatedAt) {}
