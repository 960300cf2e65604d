package dev.neonstack.review.policy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a stack is judged by.
 *
 * @param production whether the rules for production hold, too
 * @param namespace whose pods have to be locked down
 * @param tags that every AWS resource has to have
 * @param publicPorts that may be open to the world
 * @param exemptions from rules, each with its reason
 * @param today decides which versions are supported
 */
public record Profile(
    boolean production,
    String namespace,
    List<String> tags,
    Set<Integer> publicPorts,
    List<Exemption> exemptions,
    LocalDate today) {
  /** Tags asked for when the stack names none. */
  public static final List<String> DEFAULT_TAGS =
      List.of("neonstack:stack", "owner", "environment");

  /** Ports of the proxy, open to the world when the stack names none. */
  public static final Set<Integer> DEFAULT_PORTS = Set.of(4432);

  private static final Set<String> KEYS = Set.of("tags", "publicPorts", "exemptions");

  /** Keeps its own copies. */
  public Profile {
    requireNonNull(namespace, "namespace is null");
    requireNonNull(today, "today is null");
    tags = List.copyOf(tags);
    publicPorts = Set.copyOf(publicPorts);
    exemptions = List.copyOf(exemptions);
  }

  /** With the defaults named above. */
  public static Profile of(boolean production, String namespace, LocalDate today) {
    return new Profile(production, namespace, DEFAULT_TAGS, DEFAULT_PORTS, List.of(), today);
  }

  /**
   * Reads the setting {@code policy} of a stack: a map of {@code tags}, {@code publicPorts} and
   * {@code exemptions}, of which what is absent takes its default.
   */
  public static Profile read(
      boolean production, String namespace, JsonNode policy, LocalDate today) {
    policy
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                    "policy.%s is unknown; allowed are %s. Remove it."
                        .formatted(key, new TreeSet<>(KEYS)));
              }
            });
    var tags = new ArrayList<String>();
    policy.path("tags").forEach(tag -> tags.add(tag.asText()));
    var ports = new TreeSet<Integer>();
    policy.path("publicPorts").forEach(port -> ports.add(port.asInt()));
    var exemptions = new ArrayList<Exemption>();
    policy
        .path("exemptions")
        .forEach(
            one ->
                exemptions.add(
                    new Exemption(text(one, "rule"), text(one, "resource"), text(one, "reason"))));
    return new Profile(
        production,
        namespace,
        policy.has("tags") ? tags : DEFAULT_TAGS,
        policy.has("publicPorts") ? ports : DEFAULT_PORTS,
        exemptions,
        today);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText("");
  }
}
