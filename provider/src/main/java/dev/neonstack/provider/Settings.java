package dev.neonstack.provider;

import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageOptions;
import dev.neonstack.provider.table.Problems;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Text;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the provider reaches its services. Keys it does not know belong to the program's own
 * configuration, which shares the namespace, and are left alone.
 *
 * @param storage where storage is; empty for the local process of this machine
 * @param controlPlane where the control plane is; empty for none
 * @param cluster the cluster both are in, when they are reached through it
 * @param isKnown whether nothing of them waits for a resource that is not made yet
 */
record Settings(
    Optional<StorageOptions> storage,
    Optional<ControlPlaneOptions> controlPlane,
    Optional<InCluster> cluster,
    boolean isKnown) {
  private static final List<String> REMOTE =
      List.of(
          "storageUrl",
          "storageDialect",
          "storageToken",
          "controlPlaneUrl",
          "controlPlaneToken",
          "caFile");
  private static final List<String> CLUSTER = List.of("kubeconfig", "context", "namespace");
  private static final String NAMESPACE = "neon";

  /**
   * Services inside a cluster.
   *
   * @param kubeconfig path or content of a kubeconfig; without one, the user's
   * @param context of the kubeconfig; without one, the current one
   * @param namespace of both services
   * @param dialect of the storage
   * @param controlPlaneToken key of the control plane in the cluster; without one, there is none
   */
  record InCluster(
      Optional<String> kubeconfig,
      Optional<String> context,
      String namespace,
      Dialect dialect,
      Optional<String> storageToken,
      Optional<String> controlPlaneToken) {
    @Override
    public String toString() {
      return "InCluster[context=" + context.orElse("(current)") + ", namespace=" + namespace + "]";
    }
  }

  /** Finds everything that is wrong; what is not known yet is taken to be right. */
  static void check(Props props, Problems problems) {
    for (var name : names()) {
      if (props.isKnown(name) && !(props.get(name) instanceof Text)) {
        problems.add(name, props.marked(name), "a string");
      }
    }
    oneOf(props, "target", List.of("local"), problems);
    oneOf(props, "storageDialect", List.of("controller", "pageserver"), problems);
    url(props, "storageUrl", problems);
    url(props, "controlPlaneUrl", problems);
    printable(props, "storageToken", problems);
    printable(props, "controlPlaneToken", problems);
    caFile(props, problems);
    target(props, problems);
  }

  private static List<String> names() {
    return Stream.concat(REMOTE.stream(), CLUSTER.stream()).toList();
  }

  private static void oneOf(Props props, String name, List<String> allowed, Problems problems) {
    var wrong = props.isKnown(name) && !allowed.contains(props.text(name).orElse(""));
    if (wrong && !problems.has(name)) {
      problems.add(name, props.marked(name), String.join(" or ", allowed));
    }
  }

  private static void url(Props props, String name, Problems problems) {
    if (props.text(name).filter(text -> !isUrl(text)).isPresent()) {
      problems.add(name, props.marked(name), "http://HOST:PORT or https://HOST:PORT");
    }
  }

  private static boolean isUrl(String text) {
    try {
      var url = URI.create(text);
      return url.getHost() != null
          && url.getUserInfo() == null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void printable(Props props, String name, Problems problems) {
    props
        .text(name)
        .filter(token -> token.isBlank() || token.chars().anyMatch(c -> c <= ' ' || c > '~'))
        .ifPresent(
            token ->
                problems.add(
                    name, name + " holds a space, a line break or nothing; expected one token"));
  }

  private static void caFile(Props props, Problems problems) {
    if (props.text("caFile").filter(file -> !Files.isReadable(Path.of(file))).isPresent()) {
      problems.add("caFile", props.marked("caFile"), "the path of a readable PEM file");
    }
  }

  private static void target(Props props, Problems problems) {
    var cluster = CLUSTER.stream().filter(props::has).toList();
    if (props.has("target") && props.has("storageUrl")) {
      problems.add(
          "target", "target and storageUrl are both given; expected one of them, so leave one out");
    }
    for (var other : List.of("target", "storageUrl")) {
      if (props.has(other) && !cluster.isEmpty()) {
        problems.add(
            other,
            other
                + " is given beside "
                + String.join(", ", cluster)
                + ", which say that storage is in a cluster; leave "
                + other
                + " or them out");
      }
    }
    if (props.has("storageUrl") || !cluster.isEmpty()) {
      return;
    }
    for (var name : REMOTE) {
      if (props.has(name)) {
        problems.add(
            name,
            name
                + " is given without storageUrl; give that, or the context and namespace of a"
                + " cluster, or leave this out for the local process");
      }
    }
  }

  /** Reads settings that were checked. */
  static Settings of(Props props) {
    var caFile = props.text("caFile").map(Path::of);
    var dialect =
        Dialect.valueOf(props.text("storageDialect").orElse("controller").toUpperCase(Locale.ROOT));
    return new Settings(
        props
            .text("storageUrl")
            .map(
                url ->
                    new StorageOptions(
                        URI.create(url), dialect, props.text("storageToken"), caFile)),
        props
            .text("controlPlaneUrl")
            .map(
                url ->
                    new ControlPlaneOptions(
                        URI.create(url), props.text("controlPlaneToken"), caFile)),
        inCluster(props, dialect),
        names().stream().noneMatch(name -> props.marked(name).hasUnknown()));
  }

  private static Optional<InCluster> inCluster(Props props, Dialect dialect) {
    if (CLUSTER.stream().noneMatch(props::has)) {
      return Optional.empty();
    }
    return Optional.of(
        new InCluster(
            props.text("kubeconfig"),
            props.text("context"),
            props.text("namespace").orElse(NAMESPACE),
            dialect,
            props.text("storageToken"),
            props.text("controlPlaneToken")));
  }

  /** What the provider knows of these properties, to be kept in the state. */
  static Props known(Props props) {
    var known = Props.builder();
    if (props.has("target")) {
      known.put("target", props.marked("target"));
    }
    for (var name : names()) {
      var value = props.marked(name);
      var hidden = name.endsWith("Token") || name.equals("kubeconfig");
      known.put(name, hidden && props.has(name) ? secret(value) : value);
    }
    return known.build();
  }

  private static Value secret(Value value) {
    return value.hasSecret() ? value : new Value.Secret(value);
  }
}
