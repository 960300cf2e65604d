package dev.neonstack.stacks.config.corp;

import dev.neonstack.stacks.config.neon.ImageReader;
import dev.neonstack.stacks.config.neon.NeonConfig.Proxy;
import dev.neonstack.stacks.config.neon.NeonReader;
import dev.neonstack.stacks.config.neon.NetworkReader;
import dev.neonstack.stacks.config.neon.PlacementReader;
import dev.neonstack.stacks.config.neon.PodReader;
import dev.neonstack.stacks.config.neon.ProxyReader;
import dev.neonstack.stacks.config.reading.Problems;
import dev.neonstack.stacks.config.reading.Sections;
import dev.neonstack.stacks.config.reading.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a corporate stack declares beside its projects; Pulumi.corp.yaml explains it. */
public final class CorpReader {
  public static final List<String> KEYS = keys();

  private static final List<String> CLUSTER =
      List.of("kubeconfig", "context", "namespace", "domainLabel", "checks");

  private final Sections sections;
  private final NeonReader neon;

  public CorpReader(Settings settings, Problems problems) {
    this.sections = new Sections(settings, problems);
    this.neon = new NeonReader(sections);
  }

  public CorpConfig read() {
    var cluster = sections.section("cluster", CLUSTER);
    var namespace = neon.namespace(cluster);
    var reached =
        new CorpConfig.Cluster(
            home(cluster.required("kubeconfig", "the path of a kubeconfig", "")),
            cluster.required("context", "a context of the kubeconfig", ""),
            cluster.flag("checks", true));
    var classes = new ClassReader(sections.problems());
    classes.read(sections.list("storageClasses", ClassReader.KEYS));
    var pods =
        new PodReader(
            namespace,
            ImageReader.all(neon.production(), sections.section("images", ImageReader.KEYS)),
            PlacementReader.read(sections.section("placement", PlacementReader.KEYS)));
    var storage = neon.storage(pods, classes, "corp");
    var bucket =
        new BucketReader(neon.production())
            .read(sections.section("objectStore", BucketReader.KEYS));
    var declared =
        neon.neon(
            pods,
            cluster.text("domainLabel").orElse("kubernetes.io/hostname"),
            storage,
            found ->
                new NetworkReader(found.controller().database().outside().isPresent())
                    .read(sections.section("network", NetworkReader.KEYS)),
            proxy(pods));
    return new CorpConfig(
        reached, declared, classes.rbd(), classes.local(), classes.existing(), bucket);
  }

  private Optional<Proxy> proxy(PodReader pods) {
    return sections.has("proxy")
        ? Optional.of(new ProxyReader(pods).read(sections.section("proxy", ProxyReader.KEYS)))
        : Optional.empty();
  }

  private static String home(String path) {
    return path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
  }

  private static List<String> keys() {
    var keys = new ArrayList<>(NeonReader.KEYS);
    keys.addAll(
        List.of("cluster", "images", "network", "storageClasses", "objectStore", "placement"));
    return List.copyOf(keys);
  }
}
