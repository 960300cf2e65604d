package dev.neonstack.it.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.it.harness.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The kinds that operators define, as they define them, of which our stacks make objects. */
final class Definitions {
  private static final Set<String> USED =
      Set.of(
          "certificates.cert-manager.io",
          "clusterissuers.cert-manager.io",
          "clusters.postgresql.cnpg.io",
          "ec2nodeclasses.karpenter.k8s.aws",
          "nodepools.karpenter.sh",
          "objectbucketclaims.objectbucket.io",
          "podmonitors.monitoring.coreos.com",
          "prometheusrules.monitoring.coreos.com");

  private Definitions() {}

  static List<JsonNode> read() {
    var found = new ArrayList<JsonNode>();
    try (var files = Files.newDirectoryStream(Repository.crds(), "*.yaml")) {
      for (var file : files) {
        found.addAll(in(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (found.size() != USED.size()) {
      throw new IllegalStateException(
          "%d of %d definitions are in %s".formatted(found.size(), USED.size(), Repository.crds()));
    }
    return found;
  }

  private static List<JsonNode> in(Path file) throws IOException {
    var used = new ArrayList<JsonNode>();
    try (var all = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      while (all.hasNext()) {
        if (all.next() instanceof ObjectNode definition
            && USED.contains(definition.path("metadata").path("name").asText())) {
          definition.remove("status");
          used.add(definition);
        }
      }
    }
    return used;
  }
}
