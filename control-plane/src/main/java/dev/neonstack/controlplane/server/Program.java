package dev.neonstack.controlplane.server;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of the server. What goes wrong is said on the error stream. */
final class Program {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final String NAME = "control-plane";
  private static final String FORMER = "NEONSTACK_CATALOG_FILE";

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  Program(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Runs the server with the settings, unless help or version is asked for; the exit code. */
  int run(Consumer<ServerSettings> server, String... arguments) {
    var line = commandLine();
    try {
      var parsed = line.parseArgs(arguments);
      if (parsed.isUsageHelpRequested()) {
        line.usage(out);
      } else if (parsed.isVersionHelpRequested()) {
        line.printVersionHelp(out);
      } else {
        refuseFormer();
        server.accept(SettingsReader.read(setting -> given(parsed, setting)));
      }
      return DONE;
    } catch (ParameterException e) {
      return fail(misuse(e) + "; " + NAME + " --help lists the options", MISUSED);
    } catch (InvalidSettingsException e) {
      return fail(e.getMessage(), MISUSED);
    } catch (IllegalStateException e) {
      return fail(e.getMessage(), FAILED);
    } catch (RuntimeException e) {
      e.printStackTrace(err);
      return fail(Optional.ofNullable(e.getMessage()).orElseGet(e::toString), FAILED);
    }
  }

  /** Nobody's catalog is to be missed because it is looked for elsewhere. */
  private void refuseFormer() {
    if (environment.containsKey(FORMER)) {
      throw new InvalidSettingsException(
          List.of(
              "%s is a setting of an earlier version; take it away, and set %s to the folder of that file, where catalog.json is taken over"
                  .formatted(FORMER, Setting.CATALOG_FOLDER)));
    }
  }

  private Optional<String> given(ParseResult parsed, Setting setting) {
    return Optional.ofNullable(parsed.<String>matchedOptionValue(setting.option(), null))
        .or(() -> Optional.ofNullable(environment.get(setting.variable())))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private CommandLine commandLine() {
    var spec = CommandSpec.create().name(NAME).mixinStandardHelpOptions(true);
    spec.version("neonstack control plane " + version());
    spec.usageMessage()
        .sortOptions(false)
        .description("Serves projects, branches, roles and databases of Neon's storage over HTTP.")
        .footer(
            "",
            "An option wins over its variable. GET /live and GET /ready need no key: ready is who"
                + " reaches storage.",
            "Exit code: 1 when the server cannot start, 2 when a setting is wrong.");
    for (var setting : Setting.values()) {
      spec.addOption(option(setting));
    }
    return new CommandLine(spec).setExpandAtFiles(false);
  }

  private static OptionSpec option(Setting setting) {
    return OptionSpec.builder(setting.option())
        .paramLabel(setting.label())
        .type(String.class)
        .arity("1")
        .description(
            setting.help(),
            "%s; %s"
                .formatted(
                    setting.variable(),
                    setting.usual().map("default: "::concat).orElse("no default")))
        .build();
  }

  /** The version that the jar says; there is none outside of it. */
  private static String version() {
    return Optional.ofNullable(Program.class.getPackage().getImplementationVersion())
        .orElse("(unpacked)");
  }

  /** Values stay out of it, as somebody may have tried to give a secret. */
  private static String misuse(ParameterException problem) {
    if (problem instanceof UnmatchedArgumentException unmatched) {
      var options = options(unmatched.getUnmatched());
      return options.isEmpty() ? NAME + " takes nothing but options" : "there is no " + options;
    }
    return problem.getMessage();
  }

  private static String options(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.startsWith("-"))
        .map(argument -> argument.replaceFirst("=.*", ""))
        .collect(Collectors.joining(", "));
  }

  private int fail(String sentence, int code) {
    err.println("error: " + sentence);
    return code;
  }
}
