package dev.neonstack.neon.controlplane;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an endpoint may do with its branch. */
public enum EndpointType {
  /** Reads and writes; a branch has at most one. */
  @JsonProperty("read_write")
  READ_WRITE,
  /** Only reads. */
  @JsonProperty("read_only")
  READ_ONLY
}
