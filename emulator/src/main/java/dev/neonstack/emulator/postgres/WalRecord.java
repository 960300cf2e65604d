package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A whole and valid WAL record.
 *
 * @param end where the next one may begin
 * @param commitMicros for a commit, its time in microseconds since 1970
 * @param capacity what the server had from here on, where it tells
 * @param subscribes whether it writes to the list of subscriptions
 */
record WalRecord(
    Lsn start,
    Lsn end,
    OptionalLong commitMicros,
    Optional<Capacity> capacity,
    boolean subscribes) {}
