package dev.neonstack.components.aws.services;

import java.util.Map;

/** What the pods of charts are given. */
final class Needs {
  private Needs() {}

  /** Processors are asked for and may be exceeded; memory is a limit as well. */
  static Map<String, Object> of(String cpu, String memory) {
    return Map.of(
        "requests", Map.of("cpu", cpu, "memory", memory), "limits", Map.of("memory", memory));
  }

  /** The account of a chart that was made beside it. */
  static Map<String, Object> account(String name) {
    return Map.of("create", false, "name", name);
  }
}
