package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.kube.KubeApi;
import dev.neonstack.it.kube.Ref;
import dev.neonstack.it.standin.Autonames;
import dev.neonstack.it.standin.Existing;
import dev.neonstack.it.standin.Fixed;
import dev.neonstack.it.standin.Problems;
import dev.neonstack.it.standin.Resources;
import dev.neonstack.it.standin.Subject;
import dev.neonstack.it.standin.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/**
 * Releases of Helm charts. They are checked and noted, and nothing is installed: neither chart nor
 * values are ever looked at by Helm. Only a namespace that a release is to create is made, which
 * stays afterwards, as it does with Helm.
 */
final class Releases implements Resources {
  private static final String TYPE = "kubernetes:helm.sh/v3:Release";
  private static final String MANAGER = "helm-stand-in";

  /** A range would take another chart on another day. */
  private static final Pattern PINNED =
      Pattern.compile("v?\\d+\\.\\d+\\.\\d+([-+][0-9A-Za-z.+-]+)?");

  private static final Pattern REPOSITORY = Pattern.compile("https://[^\\s/]+\\S*");
  private static final Pattern IMAGE = Pattern.compile("oci://[^\\s/]+/\\S+");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,51}[a-z0-9])?");

  private final KubeApi cluster;
  private final Map<String, Existing> noted = new ConcurrentSkipListMap<>();

  Releases(KubeApi cluster) {
    this.cluster = cluster;
  }

  static boolean isOne(String urn) {
    return urn.contains("::" + TYPE + "::") || urn.contains("$" + TYPE + "::");
  }

  List<String> noted() {
    return noted.values().stream().map(Releases::line).toList();
  }

  private static String line(Existing release) {
    var inputs = Wire.plain(release.inputs());
    return String.join(
        " ", release.id(), inputs.path("chart").asText(), inputs.path("version").asText());
  }

  @Override
  public ObjectNode check(Subject subject, ObjectNode olds, ObjectNode news, Problems problems) {
    Autonames.complete(subject, olds, news, "name");
    var inputs = Wire.plain(news);
    for (var demanded : List.of("chart", "version", "namespace")) {
      if (inputs.path(demanded).asText().isBlank()) {
        problems.add(demanded, "is missing; a release of the tests names its " + demanded);
      }
    }
    checkSource(inputs, problems);
    matches(inputs, "version", PINNED, "one version such as 1.2.3, no range", problems);
    matches(inputs, "name", NAME, "at most 53 lower-case letters, digits and hyphens", problems);
    var values = inputs.path("values");
    if (!values.isMissingNode() && !values.isObject() && !Wire.hasUnknown(values)) {
      problems.add("values", "is no object");
    }
    return news;
  }

  private static void checkSource(JsonNode inputs, Problems problems) {
    var chart = inputs.path("chart").asText();
    var repository = inputs.path("repositoryOpts").path("repo").asText();
    var isImage = IMAGE.matcher(chart).matches();
    if (isImage == REPOSITORY.matcher(repository).matches() && !Wire.hasUnknown(inputs)) {
      problems.add(
          "repositoryOpts.repo",
          "is '" + repository + "'; expected https://… for the name of a chart, none for oci://…");
    }
  }

  private static void matches(
      JsonNode inputs, String property, Pattern pattern, String expected, Problems problems) {
    var value = inputs.path(property);
    if (value.isTextual()
        && !Wire.hasUnknown(value)
        && !pattern.matcher(value.asText()).matches()) {
      problems.add(property, "is '" + value.asText() + "'; expected " + expected);
    }
  }

  @Override
  public Fixed fixed(Subject subject, ObjectNode inputs) {
    return new Fixed(List.of("name", "namespace"), List.of("name", "namespace"));
  }

  @Override
  public ObjectNode foreseen(Subject subject, ObjectNode inputs) {
    return Autonames.without(inputs).put("status", Wire.UNKNOWN);
  }

  @Override
  public Existing create(Subject subject, ObjectNode inputs) {
    var plain = Wire.plain(inputs);
    var namespace = plain.path("namespace").asText();
    var id = namespace + "/" + plain.path("name").asText();
    if (noted.containsKey(id)) {
      throw new IllegalStateException("there is a release " + id + " already");
    }
    enter(namespace, plain.path("createNamespace").asBoolean());
    var release = new Existing(id, inputs, state(inputs, 1));
    noted.put(id, release);
    return release;
  }

  private void enter(String namespace, boolean create) {
    var ref = Ref.ofCluster("v1", "Namespace", namespace);
    if (create) {
      var manifest = JsonNodeFactory.instance.objectNode();
      manifest.put("apiVersion", "v1").put("kind", "Namespace");
      manifest.putObject("metadata").put("name", namespace);
      cluster.apply(MANAGER, manifest);
    } else if (cluster.get(ref).isEmpty()) {
      throw new IllegalStateException("the cluster has no namespace " + namespace);
    }
  }

  @Override
  public ObjectNode update(Existing existing, Subject subject, ObjectNode inputs, boolean preview) {
    var revision = existing.state().path("status").path("revision").asInt() + 1;
    var state = state(inputs, revision);
    if (!preview) {
      noted.put(existing.id(), new Existing(existing.id(), inputs, state));
    }
    return state;
  }

  @Override
  public Optional<Existing> read(Subject subject, String id) {
    return Optional.ofNullable(noted.get(id));
  }

  @Override
  public void delete(Subject subject, String id) {
    noted.remove(id);
  }

  private static ObjectNode state(ObjectNode inputs, int revision) {
    var state = Autonames.without(inputs);
    var status = state.putObject("status").put("status", "deployed").put("revision", revision);
    for (var known : List.of("name", "namespace", "chart", "version")) {
      status.set(known, Wire.revealed(inputs.path(known)));
    }
    return state;
  }
}
