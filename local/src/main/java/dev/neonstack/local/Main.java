package dev.neonstack.local;

import dev.neonstack.local.cli.CommandLines;
import dev.neonstack.local.cli.Surroundings;

/** The program behind libexec/local. */
public final class Main {

  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(CommandLines.run(Surroundings.ofThisProcess(), args));
  }
}
