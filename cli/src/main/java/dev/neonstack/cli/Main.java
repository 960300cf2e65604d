package dev.neonstack.cli;

/** The program behind libexec/local. */
public final class Main {

  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(CommandLines.run(Surroundings.ofThisProcess(), args));
  }
}
