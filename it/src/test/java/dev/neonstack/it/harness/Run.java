package dev.neonstack.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

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

  /** This run, which must have printed the text. */
  public Run says(String text) {
    assertThat(output).as(command).contains(text);
    return this;
  }
}
