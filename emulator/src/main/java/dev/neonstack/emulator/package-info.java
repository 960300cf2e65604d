/**
 * Neon's storage API on one machine: what a pageserver answers, kept in one directory. {@link
 * dev.neonstack.emulator.Emulator} starts it; everything else follows from {@link
 * dev.neonstack.emulator.TimelineData}, the border to the data underneath.
 */
package dev.neonstack.emulator;
