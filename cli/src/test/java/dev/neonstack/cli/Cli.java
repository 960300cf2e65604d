package dev.neonstack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/** Runs commands in this process and keeps what they print. */
public final class Cli {

  /** What a command left. */
  public record Result(int code, String out, String err) {}

  private Cli() {}

  /** Nobody types anything. */
  public static Result run(Map<String, String> environment, String... args) {
    return answering("", environment, args);
  }

  /** Somebody types this. */
  public static Result answering(String typed, Map<String, String> environment, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            environment,
            new ByteArrayInputStream(typed.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    var code = CommandLines.run(surroundings, args);
    return new Result(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
