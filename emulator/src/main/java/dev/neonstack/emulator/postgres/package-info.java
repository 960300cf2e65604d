/**
 * The data under the timelines: real PostgreSQL servers, their base directories and their
 * write-ahead log.
 *
 * <p>A branch begins as a pair of parent and LSN. Its first start copies the nearest base of an
 * ancestor, takes over the WAL up to that LSN, cut there, and lets an ordinary crash recovery do
 * the rest, so that the branch goes on at exactly that LSN.
 */
package dev.neonstack.emulator.postgres;
