package dev.neonstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Whether every project has a second pageserver that can take it over at once. The storage
 * controller makes that location only when the control plane has answered its hook.
 */
final class SecondaryChecks {
  private static final String NAME = "secondary locations";
  private static final String PATH = "/control/v1/tenant";
  private static final int SHOWN = 5;

  private final NeonInCluster neon;

  SecondaryChecks(NeonInCluster neon) {
    this.neon = neon;
  }

  Check check(Optional<String> admin) {
    var answer = neon.get(neon.url(NeonInCluster.CONTROLLER, "").resolve(PATH), admin);
    if (answer.statusCode() != 200) {
      return Check.problem(NAME, PATH + " answers " + answer.statusCode());
    }
    var projects =
        StreamSupport.stream(ClusterChecks.json(answer.body()).spliterator(), false).toList();
    if (neon.pods(NeonInCluster.PAGESERVER).size() < 2) {
      return Check.warning(NAME, "there is one pageserver, so that no project has a second one");
    }
    var alone = projects.stream().filter(SecondaryChecks::isAlone).toList();
    return alone.isEmpty()
        ? Check.ok(
            NAME, projects.size() + " of " + projects.size() + " projects have a second pageserver")
        : Check.problem(NAME, told(alone, projects.size()));
  }

  private static boolean isAlone(JsonNode project) {
    return StreamSupport.stream(project.path("shards").spliterator(), false)
        .anyMatch(shard -> shard.path("node_secondary").isEmpty());
  }

  private String told(List<JsonNode> alone, int all) {
    var names =
        alone.stream()
            .limit(SHOWN)
            .map(SecondaryChecks::described)
            .collect(Collectors.joining(", "));
    return "%d of %d projects have no second pageserver, so that a drain moves nothing: %s%s. One that is younger than a minute may be about to get it. Look: kubectl -n %s logs deploy/control-plane"
        .formatted(alone.size(), all, names, alone.size() > SHOWN ? ", …" : "", neon.namespace());
  }

  private static String described(JsonNode project) {
    var id = project.path("tenant_id").asText();
    if (project.path("policy").path("Attached").asInt(1) == 0) {
      return id + " (it was made for one pageserver)";
    }
    var waits = project.path("shards").findValues("is_pending_compute_notification").toString();
    return waits.contains("true") ? id + " (notify-attach was not answered with 200)" : id;
  }
}
