package dev.neonstack.controlplane.repair;

import dev.neonstack.neon.storage.HeldLog;
import dev.neonstack.neon.storage.LogMembers;
import dev.neonstack.neon.storage.SafekeeperClient;
import dev.neonstack.neon.storage.StorageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back the log of branches to safekeepers that have lost it with their disks. Computes do
 * not let a safekeeper begin anew, and the storage controller does not look: every commit would
 * depend on the two that are left. Log is copied only while a majority holds it. What the majority
 * has committed may be missing in what is left of it, and a copy would make that the truth.
 */
public final class SafekeeperRepair {
  private static final Logger LOG = LoggerFactory.getLogger(SafekeeperRepair.class);

  private final Supplier<List<SafekeeperClient>> safekeepers;
  private final Watch watch;
  private Set<Lack> before = Set.of();
  private Set<HeldLog> told = Set.of();

  /** Hears of what was done. */
  public interface Watch {
    /** A log was copied, or could not be. */
    void repaired(boolean done);

    /** So many logs are held by less than a majority of those that should. */
    void withoutMajority(int logs);
  }

  /**
   * Repairs among these.
   *
   * @param safekeepers all there are, asked for at every round, as their token may be another one
   */
  public SafekeeperRepair(Supplier<List<SafekeeperClient>> safekeepers, Watch watch) {
    this.safekeepers = safekeepers;
    this.watch = watch;
  }

  /** A safekeeper that should hold a log and does not. */
  private record Lack(HeldLog log, String host) {}

  /**
   * Looks once. What is found lacking twice in a row is copied: a branch that is just being made or
   * deleted is on some safekeepers before it is on others.
   */
  public synchronized void round() {
    var holdings = holdings();
    var lacks = new HashSet<Lack>();
    var weak = new LinkedHashSet<HeldLog>();
    var all = new LinkedHashSet<HeldLog>();
    holdings.values().forEach(all::addAll);
    for (var log : all) {
      var holders = holdings.keySet().stream().filter(one -> holdings.get(one).contains(log));
      var absent = holdings.keySet().stream().filter(one -> !holdings.get(one).contains(log));
      look(log, holders.toList(), absent.toList(), lacks, weak);
    }
    tell(weak);
    before = lacks;
  }

  /** Who does not answer lacks nothing: nobody knows what it holds. */
  private Map<SafekeeperClient, Set<HeldLog>> holdings() {
    var holdings = new LinkedHashMap<SafekeeperClient, Set<HeldLog>>();
    for (var one : safekeepers.get()) {
      try {
        holdings.put(one, one.held());
      } catch (StorageException e) {
        LOG.debug("A safekeeper is left out: {}", e.getMessage());
      }
    }
    return holdings;
  }

  private void look(
      HeldLog log,
      List<SafekeeperClient> holders,
      List<SafekeeperClient> absent,
      Set<Lack> lacks,
      Set<HeldLog> weak) {
    if (absent.isEmpty()) {
      return;
    }
    try {
      var members = holders.get(0).members(log);
      if (members.isEmpty() || members.get().generation() == 0) {
        return;
      }
      var lacking = absent.stream().filter(one -> isMember(one, members.get())).toList();
      var having = holders.stream().filter(one -> isMember(one, members.get())).toList();
      if (!lacking.isEmpty() && having.size() <= members.get().hosts().size() / 2) {
        weak.add(log);
        return;
      }
      for (var one : lacking) {
        var lack = new Lack(log, one.url().getHost());
        if (!before.contains(lack) || !copied(log, one, having, members.get())) {
          lacks.add(lack);
        }
      }
    } catch (StorageException e) {
      LOG.warn("Whether safekeepers lack {} cannot be told: {}", log, e.getMessage());
    }
  }

  private static boolean isMember(SafekeeperClient one, LogMembers members) {
    return members.hosts().contains(one.url().getHost());
  }

  private boolean copied(
      HeldLog log, SafekeeperClient to, List<SafekeeperClient> from, LogMembers members) {
    // A deletion that began meanwhile has taken it from the others as well.
    if (to.members(log).isPresent() || from.get(0).members(log).isEmpty()) {
      return true;
    }
    try {
      var urls = new ArrayList<>(from.stream().map(SafekeeperClient::url).toList());
      to.pull(log, urls, members);
      LOG.info("Safekeeper {} has got back {}", to.url().getHost(), log);
      watch.repaired(true);
      return true;
    } catch (StorageException e) {
      LOG.warn("Safekeeper {} does not get back {}: {}", to.url().getHost(), log, e.getMessage());
      watch.repaired(false);
      return false;
    }
  }

  private void tell(Set<HeldLog> weak) {
    watch.withoutMajority(weak.size());
    weak.stream()
        .filter(log -> !told.contains(log))
        .forEach(
            log ->
                LOG.error(
                    "The log of {} is on less than a majority of its safekeepers, so that nothing is copied: docs/runbooks/alerts.md#neonlogwithoutmajority",
                    log));
    told = weak;
  }
}
