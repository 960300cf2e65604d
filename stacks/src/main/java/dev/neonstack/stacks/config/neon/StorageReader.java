package dev.neonstack.stacks.config.neon;

import dev.neonstack.components.neon.kube.ResourceNeeds;
import dev.neonstack.components.neon.storage.ControllerTuning;
import dev.neonstack.components.neon.storage.DatabaseAccess;
import dev.neonstack.components.neon.storage.PageserverTuning;
import dev.neonstack.components.neon.storage.Safekeepers;
import dev.neonstack.components.neon.storage.StoragePlane.Controller;
import dev.neonstack.components.neon.storage.StoragePlane.Database;
import dev.neonstack.components.neon.storage.StoragePlane.DatabaseInside;
import dev.neonstack.components.neon.storage.StoragePlane.PageserverSet;
import dev.neonstack.components.neon.storage.StoragePlane.SafekeeperSet;
import dev.neonstack.stacks.config.reading.Durations;
import dev.neonstack.stacks.config.reading.Nearest;
import dev.neonstack.stacks.config.reading.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the servers of the storage. */
final class StorageReader {
  static final List<String> KEYS =
      List.of("region", "broker", "controller", "pageservers", "safekeepers");

  private static final List<String> CONTROLLER =
      with(
          PodReader.NEEDS,
          "database",
          "controlPlaneUrl",
          "tenantRateLimit",
          "maxOfflineInterval",
          "maxWarmingUpInterval");
  private static final List<String> DATABASE =
      with(PodReader.NEEDS, "url", "ca", "instances", "storageClass", "volumeGiB");
  private static final List<String> PAGESERVERS =
      with(
          PodReader.NEEDS,
          "replicas",
          "storageClass",
          "volumeGiB",
          "profile",
          "pageCacheGiB",
          "maxFileDescriptors",
          "historyRetention",
          "walRetentionMiB",
          "drainTimeout");
  private static final List<String> SAFEKEEPERS =
      with(PodReader.NEEDS, "replicas", "storageClass", "volumeGiB");
  private static final List<String> PROFILES = List.of("small", "large");
  private static final int MOST_REPLICAS = 99;
  private static final long MIB = 1024;

  private final PodReader pods;
  private final VolumeReader volumes;
  private final String region;

  StorageReader(PodReader pods, VolumeReader volumes, String region) {
    this.pods = pods;
    this.volumes = volumes;
    this.region = region;
  }

  NeonConfig.Storage read(Section section) {
    var broker = part(section, "broker", PodReader.NEEDS);
    return new NeonConfig.Storage(
        section.text("region").orElse(region),
        pods.storage(broker, ResourceNeeds.burstable("250m", "1Gi")),
        controller(part(section, "controller", CONTROLLER)),
        pageservers(part(section, "pageservers", PAGESERVERS)),
        safekeepers(part(section, "safekeepers", SAFEKEEPERS)));
  }

  private Controller controller(Section section) {
    var absent = ControllerTuning.DEFAULT;
    var offline = duration(section, "maxOfflineInterval", absent.maxOfflineInterval());
    if (offline.compareTo(absent.heartbeatInterval()) <= 0) {
      section
          .problems()
          .wrong(
              section.path("maxOfflineInterval"),
              offline.toSeconds() + "s",
              "more than the heartbeat of %ds".formatted(absent.heartbeatInterval().toSeconds()),
              "Give a server time to answer.");
      offline = absent.maxOfflineInterval();
    }
    return new Controller(
        pods.storage(section, ResourceNeeds.burstable("1", "4Gi")),
        database(section),
        controlPlaneUrl(section),
        new ControllerTuning(
            section.count("tenantRateLimit", 1, 1_000_000, absent.tenantRateLimit()),
            offline,
            duration(section, "maxWarmingUpInterval", absent.maxWarmingUpInterval()),
            absent.heartbeatInterval()));
  }

  private static Optional<String> controlPlaneUrl(Section section) {
    var url = section.text("controlPlaneUrl");
    url.filter(text -> !text.matches("https?://[^/ ]+(/[^ ]*)?"))
        .ifPresent(
            text ->
                section
                    .problems()
                    .wrong(
                        section.path("controlPlaneUrl"),
                        text,
                        "a URL such as http://control-plane.example.svc:8080",
                        "Leave it out, and this stack deploys its own control plane."));
    return url;
  }

  private Database database(Section controller) {
    var section = part(controller, "database", DATABASE);
    var url = SecretReader.read(section, "url", "uri");
    var ca = SecretReader.read(section, "ca", "ca.crt");
    if (url.isPresent()) {
      return new Database(Optional.of(new DatabaseAccess(url.get(), "", ca)), Optional.empty());
    }
    if (ca.isPresent()) {
      section
          .problems()
          .add(
              "%s is given, and the Postgres of the storage controller is inside the cluster, where it is verified by the operator's CA; expected none. Remove it, or give %s."
                  .formatted(section.path("ca"), section.path("url")));
    }
    return new Database(
        Optional.empty(),
        Optional.of(
            new DatabaseInside(
                pods.storage(section, ResourceNeeds.burstable("500m", "2Gi")),
                pods.postgres(),
                section.count("instances", 3, 9, 3),
                volumes.volume(section, 20))));
  }

  private PageserverSet pageservers(Section section) {
    var profile = section.text("profile").orElse("small");
    if (!PROFILES.contains(profile)) {
      section
          .problems()
          .wrong(
              section.path("profile"),
              profile,
              "one of " + String.join(", ", PROFILES),
              Nearest.hint(profile, PROFILES, "Choose one."));
    }
    var large = profile.equals("large");
    var set =
        new PageserverSet(
            pods.storage(
                section,
                large
                    ? new ResourceNeeds("16", "128Gi", true)
                    : ResourceNeeds.burstable("2", "8Gi")),
            section.count("replicas", 1, MOST_REPLICAS, 2),
            volumes.volume(section, 500),
            tuning(section, large ? PageserverTuning.LARGE : PageserverTuning.SMALL),
            duration(section, "drainTimeout", Duration.ofMinutes(5)));
    checkPageCache(section, set);
    return set;
  }

  private static PageserverTuning tuning(Section section, PageserverTuning absent) {
    return new PageserverTuning(
        section.has("pageCacheGiB")
            ? section.count("pageCacheGiB", 1, 1024, 1) * (int) MIB
            : absent.pageCacheMiB(),
        section.count("maxFileDescriptors", 100, 1_000_000, absent.maxFileDescriptors()),
        absent.maxDiskUsagePercent(),
        duration(section, "historyRetention", absent.historyRetention()),
        section.count("walRetentionMiB", 1, 1_048_576, absent.walRetentionMiB()),
        absent.heatmapPeriod(),
        absent.logFormat());
  }

  private static void checkPageCache(Section section, PageserverSet set) {
    var cache = set.tuning().pageCacheMiB();
    var volume = set.volume().sizeGiB() * MIB;
    if (cache > volume) {
      section
          .problems()
          .wrong(
              section.path("pageCacheGiB"),
              cache / MIB,
              "no more than volumeGiB, which is " + set.volume().sizeGiB(),
              "What is in memory is on disk as well; enlarge the volume or shrink the cache.");
    }
    var memory = set.pods().needs().memoryMiB();
    if (cache >= memory) {
      section
          .problems()
          .wrong(
              section.path("pageCacheGiB"),
              cache / MIB,
              "less than memory, which is " + set.pods().needs().memory(),
              "A pageserver needs memory beside its page cache; half of it is a good size.");
    }
  }

  private SafekeeperSet safekeepers(Section section) {
    var least = Safekeepers.PER_BRANCH;
    var replicas = section.integer("replicas", "an odd number of 3 or more").orElse(least);
    if (replicas < least || replicas % 2 == 0 || replicas > MOST_REPLICAS) {
      section
          .problems()
          .wrong(
              section.path("replicas"),
              replicas,
              "an odd number from %d to %d".formatted(least, MOST_REPLICAS),
              "A commit needs most of three safekeepers; an even one adds a failure and no safety.");
      replicas = least;
    }
    return new SafekeeperSet(
        pods.storage(section, ResourceNeeds.burstable("1", "4Gi")),
        replicas,
        volumes.volume(section, 100));
  }

  private static Duration duration(Section section, String key, Duration absent) {
    return section.parsed(key, Durations::parse, Durations.EXPECTED, "Write it so.").orElse(absent);
  }

  /** The part of a section; an empty one when it is absent or wrong. */
  private static Section part(Section section, String key, List<String> keys) {
    return section.section(key, keys).orElseGet(() -> section.empty(key));
  }

  private static List<String> with(List<String> keys, String... more) {
    var all = new ArrayList<>(keys);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
