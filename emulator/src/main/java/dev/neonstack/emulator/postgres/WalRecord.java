package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.util.OptionalLong;

/**
 * A whole and valid WAL record.
 *
 * @param end where the next one may begin
 * @param commitMicros for a commit, its time in microseconds since 1970
 */
record WalRecord(Lsn start, Lsn end, OptionalLong commitMicros) {}
