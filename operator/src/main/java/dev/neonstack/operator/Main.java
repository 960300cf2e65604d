package dev.neonstack.operator;

import dev.neonstack.controlplane.Foreground;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** The operator as a program of its own. */
public final class Main {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  /**
   * Works until it is told to end. Ends with 1 when it cannot start and with 2 when a setting is
   * wrong.
   */
  public static void main(String[] arguments) {
    System.setProperty("logback.configurationFile", "logback-server.xml");
    if (arguments.length != 1) {
      fail("expected the file of the settings and nothing else", MISUSED);
    }
    try {
      var settings = OperatorFile.read(Path.of(arguments[0]));
      var client = new KubernetesClientBuilder().build();
      var operator = ComputeOperator.start(settings, client);
      Foreground.serve(
          () -> {
            operator.close();
            client.close();
          });
    } catch (IllegalArgumentException e) {
      fail(e.getMessage(), MISUSED);
    } catch (RuntimeException e) {
      e.printStackTrace();
      fail(String.valueOf(e.getMessage()), FAILED);
    }
  }

  private static void fail(String sentence, int code) {
    System.err.println("error: " + sentence);
    System.exit(code);
  }
}
