package dev.neonstack.neon.controlplane;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.neonstack.neon.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A project as the control plane knows it.
 *
 * @param id the tenant in storage
 * @param name what people call it
 * @param pgVersion major version of PostgreSQL of its first branch
 * @param historyRetention how far back a branch can be made
 * @param region a label; nothing is decided by it
 * @param owner who declares it, when it was registered rather than made through REST
 * @param createdAt when the control plane first heard of it
 */
public record RegisteredProject(
    TenantId id,
    String name,
    int pgVersion,
    @JsonProperty("history_retention_seconds") Duration historyRetention,
    Optional<String> region,
    Optional<String> owner,
    Instant createdAt) {}
