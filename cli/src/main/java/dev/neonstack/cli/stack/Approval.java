package dev.neonstack.cli.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Asks for a yes, which is given by the option {@code --yes} or by a person at a terminal. */
final class Approval {
  private final BufferedReader in;
  private final PrintStream err;
  private final StackOptions options;

  Approval(InputStream in, PrintStream err, StackOptions options) {
    this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
    this.err = err;
    this.options = options;
  }

  /** Whether somebody has to be asked who may take long to answer. */
  boolean asks() {
    return options.terminal() && !options.yes();
  }

  /**
   * Whether to go on.
   *
   * @param action the command, for the message
   * @param plan what it would do
   * @param free whether it needs no yes where nothing is lost and nobody can be asked
   */
  boolean isGiven(String action, PlanText plan, boolean free) {
    if (options.yes()) {
      return true;
    }
    if (!options.terminal()) {
      if (plan.losses().isEmpty() && free) {
        return true;
      }
      throw new StackException(
          "%s, and nobody can be asked here, so nothing was changed. To agree to all of it: ./neonstack %s --yes"
              .formatted(
                  plan.losses().isEmpty()
                      ? "this needs a yes"
                      : "the above is lost for good if this is done",
                  options.local() && options.stack().equals("local")
                      ? action
                      : action + " " + options.stack()));
    }
    err.print("\nDo this? Type yes to go on, anything else to leave it: ");
    err.flush();
    var answer = answer();
    if (!answer.equals("yes")) {
      err.println("Nothing was changed.");
      return false;
    }
    return true;
  }

  private String answer() {
    try {
      var line = in.readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      return "";
    }
  }
}
