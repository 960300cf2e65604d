package dev.neonstack.controlplane.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server keeps what exists.
 *
 * @param folder of the catalog on one machine, and of what an earlier version left
 * @param urlFile a file with the address of a PostgreSQL database; absent: in the folder
 */
record CatalogPlace(Path folder, Optional<Path> urlFile) {}
