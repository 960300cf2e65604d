package dev.neonstack.cli.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What ./neonstack has found out before a command on a stack. */
final class StackOptions {
  @Option(
      names = {"-s", "--stack"},
      required = true,
      paramLabel = "STACK")
  private String stack;

  @Option(names = "--local", description = "The stack is on this machine.")
  private boolean local;

  @Option(names = "--terminal", description = "Somebody can be asked.")
  private boolean terminal;

  @Option(
      names = {"-y", "--yes"},
      description = "Agreed to, losses included.")
  private boolean yes;

  @Option(names = "--show-secrets", description = "Show passwords.")
  private boolean showSecrets;

  @Option(
      names = {"-r", "--refresh"},
      description = "Look first at what is really there.")
  private boolean refresh;

  @Option(names = "--config-file", paramLabel = "FILE", description = "The configuration.")
  private Path configuration;

  @Option(names = "--state", paramLabel = "FILE", description = "The state, where it is a file.")
  private Path state;

  @Parameters(arity = "0..*", description = "For Pulumi.")
  private List<String> forPulumi = new ArrayList<>();

  String stack() {
    return stack;
  }

  boolean local() {
    return local;
  }

  boolean terminal() {
    return terminal;
  }

  boolean yes() {
    return yes;
  }

  boolean showSecrets() {
    return showSecrets;
  }

  boolean refresh() {
    return refresh;
  }

  Optional<Path> state() {
    return Optional.ofNullable(state);
  }

  Optional<Path> configuration() {
    return Optional.ofNullable(configuration);
  }

  /** What every call of Pulumi gets. */
  List<String> arguments() {
    var file =
        configuration().stream().flatMap(path -> Stream.of("--config-file", path.toString()));
    return Stream.concat(Stream.concat(Stream.of("--stack", stack), file), forPulumi.stream())
        .toList();
  }
}
