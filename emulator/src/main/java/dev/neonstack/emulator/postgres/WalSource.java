package dev.neonstack.emulator.postgres;

import java.nio.file.Path;
import java.util.Optional;

/** Where the segments of a stretch of WAL lie. */
interface WalSource {
  Optional<Path> segment(long number);
}
