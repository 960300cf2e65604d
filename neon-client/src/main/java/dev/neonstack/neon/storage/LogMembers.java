package dev.neonstack.neon.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The safekeepers that hold the log of a branch, as one of them knows it.
 *
 * @param generation counts the changes of the set; 0 where nobody manages it
 * @param hosts of the members
 * @param configuration all that the safekeeper said of it
 */
public record LogMembers(long generation, List<String> hosts, JsonNode configuration) {
  /** Keeps its own copy. */
  public LogMembers {
    hosts = List.copyOf(hosts);
  }
}
