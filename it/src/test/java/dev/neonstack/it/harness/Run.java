package dev.neonstack.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What a command did: its exit code and all it printed, errors after the rest. */
public record Run(String command, int code, String output) {
  private static final Pattern CHANGE =
      Pattern.compile(
          "(?m)^ *[-+~]+ +(?:\\S+:)?(\\w+) (\\S+) (created|updated|deleted|replaced)\\b");

  /** This run, which must have succeeded. */
  public Run succeeded() {
    assertThat(code).as("%s printed:%n%s", command, output).isZero();
    return this;
  }

  /** This run, which must have failed and said so. */
  public Run failed() {
    assertThat(code).as("%s printed:%n%s", command, output).isNotZero();
    return this;
  }

  /** What it did to resources, such as {@code updated Deployment proxy}. */
  public List<String> changes() {
    return CHANGE
        .matcher(output)
        .results()
        .map(change -> change.group(3) + " " + change.group(1) + " " + change.group(2))
        .sorted()
        .toList();
  }

  /**
   * What it would do to resources, such as {@code replace NodeGroup system}, for a preview that
   * prints JSON.
   */
  public List<String> planned() {
    try {
      var steps =
          new ObjectMapper().readTree(output.substring(output.indexOf("{\n"))).path("steps");
      return StreamSupport.stream(steps.spliterator(), false)
          .filter(step -> !step.path("op").asText().equals("same"))
          .map(step -> step.path("op").asText() + " " + kindAndName(step.path("urn").asText()))
          .sorted()
          .toList();
    } catch (JsonProcessingException e) {
      throw new AssertionError(output, e);
    }
  }

  /** A URN ends in the type, after a colon, and the name, after two. */
  private static String kindAndName(String urn) {
    var name = urn.substring(urn.lastIndexOf("::") + 2);
    var type = urn.substring(0, urn.lastIndexOf("::"));
    return type.substring(type.lastIndexOf(':') + 1) + " " + name;
  }

  /** This run, which must have printed the text. */
  public Run says(String text) {
    assertThat(output).as(command).contains(text);
    return this;
  }
}
