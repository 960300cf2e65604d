package dev.neonstack.controlplane.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a branch has come. */
public enum BranchState {
  /** The intent is recorded; its timeline may or may not exist. */
  @JsonProperty("creating")
  CREATING,
  /** Its timeline exists. */
  @JsonProperty("ready")
  READY,
  /** Its deletion has begun. */
  @JsonProperty("deleting")
  DELETING
}
