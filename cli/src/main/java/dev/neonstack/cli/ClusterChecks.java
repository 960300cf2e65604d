package dev.neonstack.cli;

import static dev.neonstack.cli.NeonInCluster.CONTROLLER;
import static dev.neonstack.cli.NeonInCluster.PAGESERVER;
import static dev.neonstack.cli.NeonInCluster.SAFEKEEPER;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.cli.NeonInCluster.Pod;
import dev.neonstack.kube.ClusterException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be seen of Neon in a cluster without changing anything. */
final class ClusterChecks {
  static final String OPERATOR_SECRET = "storage-operator-tokens";
  private static final String CONTROL_PLANE = "control-plane";
  private static final List<String> NEEDED =
      List.of("storage-broker", CONTROLLER, PAGESERVER, SAFEKEEPER, CONTROL_PLANE);
  private static final Pattern CALLS =
      Pattern.compile(
          "^remote_storage_s3_request_seconds_count\\{[^}]*result=\"(\\w+)\"[^}]*\\} (\\S+)$",
          Pattern.MULTILINE);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NeonInCluster neon;

  ClusterChecks(NeonInCluster neon) {
    this.neon = neon;
  }

  /**
   * What may fail because the cluster does is a problem of the check, not the end of all checks.
   */
  static Stream<Check> guarded(String name, Supplier<Stream<Check>> checks) {
    try {
      return checks.get().toList().stream();
    } catch (ClusterException | IllegalArgumentException | IllegalStateException e) {
      return Stream.of(Check.problem(name, e.getMessage()));
    }
  }

  Stream<Check> all() {
    return Stream.of(
            guarded("pods", this::pods),
            guarded("quorum", this::quorum),
            guarded("storage controller", this::controller),
            guarded("object store", this::objectStore),
            guarded("proxy", () -> new ProxyCheck(neon, InstantSource.system()).all()))
        .flatMap(checks -> checks);
  }

  private Stream<Check> pods() {
    var components =
        Stream.concat(NEEDED.stream(), neon.pods().stream().map(Pod::component)).distinct();
    return components.map(this::pods).toList().stream();
  }

  private Check pods(String component) {
    var all = neon.pods(component);
    var name = "pods of " + component;
    if (all.isEmpty() && component.equals(CONTROL_PLANE)) {
      return Check.warning(
          name,
          "none, so that another one has to answer the storage controller's hooks: storage.controller.controlPlaneUrl");
    }
    if (all.isEmpty()) {
      return Check.problem(
          name,
          "none; is Neon deployed in namespace '" + neon.namespace() + "'? Run ./neonstack up");
    }
    var not = all.stream().filter(pod -> !pod.state().isReady()).toList();
    if (not.isEmpty()) {
      return Check.ok(name, all.size() + " ready");
    }
    var told =
        not.stream()
            .map(pod -> pod.name() + " is " + pod.state().word() + reason(pod))
            .collect(Collectors.joining("; "));
    var log = "kubectl -n " + neon.namespace() + " describe pod " + not.get(0).name();
    return Check.problem(
        name, not.size() + " of " + all.size() + " not ready: " + told + ". Look: " + log);
  }

  private static String reason(Pod pod) {
    return pod.state().reason().map(why -> " (" + why.strip() + ")").orElse("");
  }

  private Stream<Check> quorum() {
    var all = neon.pods(SAFEKEEPER).size();
    var ready = neon.pods(SAFEKEEPER).stream().filter(pod -> pod.state().isReady()).count();
    var majority = all / 2 + 1;
    var told = ready + " of " + all + " safekeepers are ready, " + majority + " are a quorum";
    if (all == 0 || ready < majority) {
      return Stream.of(
          Check.problem(
              "quorum",
              told
                  + ": no transaction commits until another is back. What is committed is safe; do not"
                  + " delete volumes"));
    }
    return Stream.of(
        ready == all
            ? Check.ok("quorum", told)
            : Check.warning("quorum", told + "; one more loss stops commits"));
  }

  private Stream<Check> controller() {
    var ready = neon.get(neon.url(CONTROLLER, "").resolve("/ready"), Optional.empty());
    if (ready.statusCode() != 200) {
      return Stream.of(
          Check.problem(
              "storage controller",
              "/ready answers "
                  + ready.statusCode()
                  + "; it waits for its database or pageservers"));
    }
    var admin = neon.secret(OPERATOR_SECRET, "admin");
    if (admin.isEmpty()) {
      return Stream.of(
          Check.problem(
              "storage controller",
              "ready, but Secret " + OPERATOR_SECRET + " has no entry 'admin' to ask it with"));
    }
    return Stream.of(
        Check.ok("storage controller", "ready"),
        registered(PAGESERVER, "/control/v1/node", "availability", admin),
        registered(SAFEKEEPER, "/control/v1/safekeeper", "scheduling_policy", admin),
        new SecondaryChecks(neon).check(admin));
  }

  private Check registered(String component, String path, String field, Optional<String> token) {
    var name = "registered " + component + "s";
    var answer = neon.get(neon.url(CONTROLLER, "").resolve(path), token);
    if (answer.statusCode() != 200) {
      return Check.problem(name, path + " answers " + answer.statusCode());
    }
    var states = new HashMap<String, String>();
    json(answer.body())
        .forEach(one -> states.put(one.path("id").asText(), one.path(field).asText()));
    var pods = neon.pods(component).stream().map(Pod::name).toList();
    var others =
        pods.stream()
            .filter(pod -> !"Active".equals(states.get(id(pod))))
            .map(pod -> pod + " is " + states.getOrDefault(id(pod), "not registered"))
            .toList();
    var told = pods.size() - others.size() + " active for " + pods.size() + " pods";
    return others.isEmpty()
        ? Check.ok(name, told)
        : Check.problem(
            name,
            told
                + ": "
                + String.join(", ", others)
                + "; look at its log, and at its token's scope");
  }

  /** What a pod of a set calls itself at the storage controller. */
  private static String id(String pod) {
    return Integer.toString(Integer.parseInt(pod.substring(pod.lastIndexOf('-') + 1)) + 1);
  }

  static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a server does not answer in JSON", e);
    }
  }

  private Stream<Check> objectStore() {
    return neon.pods(PAGESERVER).stream()
        .filter(pod -> pod.state().isReady())
        .map(pod -> objectStore(pod.name()))
        .toList()
        .stream();
  }

  private Check objectStore(String pod) {
    var name = "object store of " + pod;
    var metrics = neon.get(neon.url(PAGESERVER, pod).resolve("/metrics"), Optional.empty()).body();
    var good = calls(metrics, "ok"::equals);
    var bad = calls(metrics, "err"::equals);
    if (good == 0) {
      return bad == 0
          ? Check.warning(name, "it has not called it since its start")
          : Check.problem(
              name,
              "all " + (long) bad + " calls failed: look at endpoint, region, credentials and CA");
    }
    var told = (long) good + " calls went well, " + (long) bad + " failed, since its start";
    return bad > good ? Check.problem(name, told) : Check.ok(name, told);
  }

  private static double calls(String metrics, Predicate<String> result) {
    return CALLS
        .matcher(metrics)
        .results()
        .filter(line -> result.test(line.group(1)))
        .mapToDouble(line -> Double.parseDouble(line.group(2)))
        .sum();
  }
}
