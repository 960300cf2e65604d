package dev.neonstack.neon.controlplane;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.neonstack.neon.TenantId;
import java.time.Duration;
import java.util.Optional;

/**
 * A project whose tenant somebody else looks after, made known to the control plane.
 *
 * @param id the tenant in storage
 * @param name what people call it
 * @param pgVersion major version of PostgreSQL of its first branch
 * @param historyRetention how far back a branch can be made
 * @param region a label; nothing is decided by it
 * @param owner who declares it (the URN of a Pulumi resource), so that it is found again
 */
public record ProjectRegistration(
    TenantId id,
    String name,
    int pgVersion,
    @JsonProperty("history_retention_seconds") Duration historyRetention,
    Optional<String> region,
    Optional<String> owner) {}
