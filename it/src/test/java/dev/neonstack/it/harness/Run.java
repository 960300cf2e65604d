package dev.neonstack.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

/** What a command did: its exit code and all it printed, errors after the rest. */
public record Run(String command, int code, String output) {

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

  /** This run, which must have printed the text. */
  public Run says(String text) {
    assertThat(output).as(command).contains(text);
    return this;
  }
}
