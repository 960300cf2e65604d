package dev.neonstack.it.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.it.harness.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The linter kube-score, and which of its findings stay for which reason. */
final class KubeScore {
  private static final String EXCEPTIONS = "/kube/kube-score-exceptions.txt";

  /** An object without a finding in a check has this grade. */
  private static final int GOOD = 10;

  private KubeScore() {}

  /** A finding that stays: the check and a pattern of objects. */
  private record Stays(String line) {
    private boolean covers(String finding) {
      return Pattern.matches(line.substring(0, line.indexOf(" # ")) + ": .*", finding);
    }
  }

  /** Findings that no exception covers, and exceptions that cover none. */
  static List<String> complaints(List<JsonNode> objects) {
    var findings = findings(score(objects));
    var stays = exceptions();
    var complaints =
        findings.stream()
            .filter(finding -> stays.stream().noneMatch(one -> one.covers(finding)))
            .collect(Collectors.toCollection(ArrayList::new));
    stays.stream()
        .filter(one -> findings.stream().noneMatch(one::covers))
        .forEach(one -> complaints.add("exception without a finding: " + one.line()));
    return complaints;
  }

  private static List<Stays> exceptions() {
    try (var in = KubeScore.class.getResourceAsStream(EXCEPTIONS)) {
      var text = new String(Objects.requireNonNull(in, EXCEPTIONS).readAllBytes(), UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Stays::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Pulumi keeps of a Secret is none. */
  private static JsonNode score(List<JsonNode> objects) {
    var yaml =
        objects.stream()
            .filter(object -> !object.path("kind").asText().equals("Secret"))
            .map(JsonNode::toString)
            .collect(Collectors.joining("\n---\n"));
    try {
      var builder = new ProcessBuilder(binary().toString(), "score", "--output-format=json", "-");
      var process = builder.redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(yaml.getBytes(UTF_8));
      }
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!said.startsWith("[")) {
        throw new IllegalStateException("kube-score says: " + said);
      }
      return new ObjectMapper().readTree(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> findings(JsonNode objects) {
    var findings = new TreeSet<String>();
    for (var object : objects) {
      var name =
          object.at("/type_meta/kind").asText() + "/" + object.at("/object_meta/name").asText();
      for (var check : object.path("checks")) {
        if (!check.path("skipped").asBoolean() && check.path("grade").asInt() < GOOD) {
          var said = check.path("comments").findValuesAsText("summary");
          findings.add(
              "%s %s: %s".formatted(check.at("/check/id").asText(), name, String.join("; ", said)));
        }
      }
    }
    return List.copyOf(findings);
  }

  private static Path binary() {
    return Repository.tool("kube-score", "github.com/zegl/kube-score");
  }
}
