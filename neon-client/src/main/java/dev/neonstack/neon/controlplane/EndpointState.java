package dev.neonstack.neon.controlplane;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an endpoint is doing now. */
public enum EndpointState {
  /** It shall run and does not yet. */
  @JsonProperty("init")
  INIT,
  /** Postgres accepts connections. */
  @JsonProperty("active")
  ACTIVE,
  /** It sleeps. */
  @JsonProperty("idle")
  IDLE
}
