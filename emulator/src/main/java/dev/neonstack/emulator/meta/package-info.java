/**
 * What a pageserver knows about tenants and timelines, and the rules by which it changes. Every
 * change is on disk, in {@link dev.neonstack.emulator.meta.DurableMap}, before it is acknowledged.
 */
package dev.neonstack.emulator.meta;
