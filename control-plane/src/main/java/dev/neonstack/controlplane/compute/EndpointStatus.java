package dev.neonstack.controlplane.compute;

import dev.neonstack.neon.controlplane.EndpointState;
import java.util.Optional;

/**
 * How an endpoint stands.
 *
 * @param state what it is doing now
 * @param failure why it does not run although it shall
 */
public record EndpointStatus(EndpointState state, Optional<String> failure) {}
