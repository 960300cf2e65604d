package dev.neonstack.stacks.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.components.neon.keys.StorageKeysSpec;
import dev.neonstack.components.neon.monitoring.MonitoringSpec;
import java.util.List;
import java.util.Map;

/** Reads what a corporate stack declares beside its projects; Pulumi.corp.yaml explains it. */
final class CorpReader {
  static final List<String> KEYS =
      List.of(
          "production",
          "cluster",
          "images",
          "network",
          "storageClasses",
          "objectStore",
          "placement",
          "storage",
          "proxy",
          "monitoring",
          "keys");

  private static final List<String> CLUSTER =
      List.of("kubeconfig", "context", "namespace", "domainLabel", "checks");
  private static final List<String> MONITORING =
      List.of("prometheus", "prometheusLabels", "dashboards", "dashboardLabels", "runbooks");
  private static final String RUNBOOKS = "docs/runbooks/alerts.md";
  private static final String DNS_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  private final Settings settings;
  private final Problems problems;

  CorpReader(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  CorpConfig read() {
    var production = flag("production");
    var cluster = cluster();
    var classes = new ClassReader(problems);
    classes.read(json("storageClasses", JsonNodeFactory.instance.arrayNode()));
    var pods =
        new PodReader(
            production,
            cluster.namespace(),
            section("images", PodReader.IMAGES),
            section("placement", PodReader.PLACEMENT));
    var storage =
        new StorageReader(pods, classes, cluster.namespace())
            .read(section("storage", StorageReader.KEYS));
    var bucket = new BucketReader(production).read(section("objectStore", BucketReader.KEYS));
    var proxy =
        settings
            .get("proxy")
            .map(text -> new ProxyReader(pods).read(section("proxy", ProxyReader.KEYS)));
    return new CorpConfig(
        production,
        cluster,
        new NetworkReader(storage.controller().database().outside().isPresent())
            .read(section("network", NetworkReader.KEYS)),
        classes.rbd(),
        classes.local(),
        classes.existing(),
        bucket,
        storage,
        proxy,
        monitoring(storage),
        keys());
  }

  private CorpConfig.Cluster cluster() {
    var section = section("cluster", CLUSTER);
    var namespace = section.text("namespace").orElse("neon");
    if (!namespace.matches(DNS_LABEL)) {
      problems.wrong(
          section.path("namespace"),
          namespace,
          "1 to 63 characters a-z, 0-9 or '-' that start and end with a letter or digit",
          "Rename it.");
      namespace = "neon";
    }
    return new CorpConfig.Cluster(
        home(section.required("kubeconfig", "the path of a kubeconfig", "")),
        section.required("context", "a context of the kubeconfig", ""),
        namespace,
        section.text("domainLabel").orElse("kubernetes.io/hostname"),
        section.flag("checks", true));
  }

  private static String home(String path) {
    return path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
  }

  private MonitoringSpec monitoring(CorpConfig.Storage storage) {
    var section = section("monitoring", MONITORING);
    return new MonitoringSpec(
        section.flag("prometheus", false),
        section.texts("prometheusLabels"),
        section.flag("dashboards", false),
        labels(section),
        section.text("runbooks").orElse(RUNBOOKS),
        storage.safekeepers().replicas(),
        storage.pageservers().replicas());
  }

  private static Map<String, String> labels(Section section) {
    return section.has("dashboardLabels")
        ? section.texts("dashboardLabels")
        : Map.of("grafana_dashboard", "1");
  }

  private StorageKeysSpec keys() {
    var first = StorageKeysSpec.of("first");
    if (settings.get("keys").isEmpty()) {
      return first;
    }
    var section = section("keys", List.of("accepted", "signing"));
    var accepted = section.textList("accepted");
    var signing = section.required("signing", "the name of one of the accepted keys", "");
    try {
      return new StorageKeysSpec(accepted, signing);
    } catch (IllegalArgumentException e) {
      problems.add("keys: " + e.getMessage() + ".");
      return first;
    }
  }

  private boolean flag(String key) {
    var text = settings.get(key).orElse("false");
    if (!List.of("true", "false").contains(text)) {
      problems.wrong(key, text, "true or false", "Write it without quotes.");
    }
    return text.equals("true");
  }

  /** The object under the key; an empty one when it is absent or wrong. */
  private Section section(String key, List<String> keys) {
    var empty = JsonNodeFactory.instance.objectNode();
    return Section.object(json(key, empty), key, problems, keys)
        .or(() -> Section.object(empty, key, problems, keys))
        .orElseThrow();
  }

  private JsonNode json(String key, JsonNode absent) {
    var text = settings.get(key);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      return JsonMapper.builder().build().readTree(text.get());
    } catch (JsonProcessingException notJson) {
      problems.wrongKind(key, "text", "settings", "Write them as key: value.");
      return absent;
    }
  }
}
