package dev.neonstack.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a compute stands, in a word. */
public enum Phase {
  /** Something stands against running it; the condition Accepted says what. */
  @JsonProperty("Pending")
  PENDING,
  /** Its pod is there or about to be, and Postgres does not accept connections yet. */
  @JsonProperty("Starting")
  STARTING,
  /** Postgres accepts connections. */
  @JsonProperty("Running")
  RUNNING,
  /** Postgres is being ended. */
  @JsonProperty("Suspending")
  SUSPENDING,
  /** There is no pod, as the spec asks for none. */
  @JsonProperty("Suspended")
  SUSPENDED,
  /** It could not be started, and is tried again; the condition Ready says why. */
  @JsonProperty("Failed")
  FAILED,
  /** It is going away; the condition Deleted says what that waits for. */
  @JsonProperty("Deleting")
  DELETING
}
