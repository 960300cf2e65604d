package dev.neonstack.stacks.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.kube.Cluster;
import dev.neonstack.stacks.config.corp.CorpConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fields of the stack's workloads that somebody has set by hand, as {@code kubectl scale} does. The
 * API server keeps who set what, and would refuse the stack's next update of them.
 */
final class ForeignFields {
  private static final Map<String, String> KINDS =
      Map.of("deployment", "Deployment", "statefulset", "StatefulSet");
  private static final Map<String, String> OURS = Map.of("app.kubernetes.io/part-of", "neonstack");
  private static final String PULUMI = "pulumi-";

  /** What others add to pods without touching what is the stack's. */
  private static final Pattern ADDED =
      Pattern.compile("spec\\.template\\.metadata\\..*|.*\\.(env|volumes|volumeMounts)\\[.*");

  private final Kubectl kubectl;
  private final String namespace;

  ForeignFields(CorpConfig config, Kubectl kubectl) {
    this.kubectl = kubectl;
    this.namespace = config.neon().namespace().name();
  }

  Stream<Question> questions() {
    return KINDS.keySet().stream()
        .map(
            kind ->
                new Question(
                    "list " + kind + "s in namespace '" + namespace + "'",
                    cluster -> problems(cluster, kind)));
  }

  private List<String> problems(Cluster cluster, String kind) {
    var problems = new ArrayList<String>();
    for (var workload :
        cluster.list("/apis/apps/v1/namespaces/" + namespace + "/" + kind + "s", OURS)) {
      var metadata = workload.path("metadata");
      var managers = metadata.path("managedFields");
      for (var index = 0; index < managers.size(); index++) {
        var fields = fields(managers.get(index));
        if (!fields.isEmpty()) {
          problems.add(
              problem(kind, metadata.path("name").asText(), managers.get(index), index, fields));
        }
      }
    }
    return problems;
  }

  private static List<String> fields(JsonNode manager) {
    if (manager.path("manager").asText().startsWith(PULUMI)
        || manager.path("subresource").asText().equals("status")) {
      return List.of();
    }
    var fields = new ArrayList<String>();
    collect(manager.path("fieldsV1").path("f:spec"), "spec", fields);
    return fields.stream().filter(field -> !ADDED.matcher(field).matches()).toList();
  }

  /** Names of fields begin with {@code f:}, those of items of lists with {@code k:}. */
  private static void collect(JsonNode node, String path, List<String> fields) {
    for (var child : node.properties()) {
      var name = child.getKey();
      var deeper = name.startsWith("f:") ? path + "." + name.substring(2) : path + item(name);
      if (child.getValue().isEmpty() && !name.equals(".")) {
        fields.add(deeper);
      }
      collect(child.getValue(), deeper, fields);
    }
  }

  private static String item(String name) {
    return "["
        + name.replaceFirst("^[kv]:", "").replaceAll(".*\"name\":\"([^\"]*)\".*", "$1")
        + "]";
  }

  private String problem(
      String kind, String name, JsonNode manager, int index, List<String> fields) {
    var who = manager.path("manager").asText();
    var at = "/metadata/managedFields/" + index;
    var giveBack =
        "patch %s %s --type=json -p '[{\"op\":\"test\",\"path\":\"%s/manager\",\"value\":\"%s\"},{\"op\":\"remove\",\"path\":\"%s\"}]'"
            .formatted(kind, name, at, who, at);
    return "%s '%s' has %s from '%s' (%s); expected this stack's hand only, as its update would end in a field conflict. Write into the configuration what is to stay, then give the fields back: %s && ./neonstack refresh"
        .formatted(
            KINDS.get(kind),
            name,
            String.join(", ", fields),
            who,
            manager.path("time").asText("?"),
            kubectl.inNamespace(giveBack));
  }
}
