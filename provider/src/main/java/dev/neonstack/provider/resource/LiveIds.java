package dev.neonstack.provider.resource;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of storage that the engine has shown to know, by URN. What is registered for a URN under
 * another id was left behind by a create that nobody recorded; what is listed here is in use, such
 * as the old branch while its replacement is made.
 */
public final class LiveIds {
  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> adopted = new ConcurrentHashMap<>();

  /** Notes that the engine knows the id. */
  public void know(String urn, String id) {
    add(known, urn, id);
  }

  /** Whether the engine knows the id. */
  public boolean knows(String urn, String id) {
    return known.getOrDefault(urn, Set.of()).contains(id);
  }

  /** Whether the engine knows any id, as it does of what is being replaced. */
  public boolean knowsAny(String urn) {
    return known.containsKey(urn);
  }

  /** Notes that a create of this run has taken over the id. */
  public void adopt(String urn, String id) {
    add(adopted, urn, id);
  }

  /**
   * Whether a create of this run has taken over the id. A delete of the same id that follows means
   * an older entry of the same resource, and must not take the new one's data.
   */
  public boolean isAdopted(String urn, String id) {
    return adopted.getOrDefault(urn, Set.of()).contains(id);
  }

  private static void add(Map<String, Set<String>> ids, String urn, String id) {
    ids.computeIfAbsent(urn, key -> ConcurrentHashMap.newKeySet()).add(id);
  }
}
