package dev.neonstack.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.deployment.Deployment;
import com.pulumi.exceptions.RunException;
import dev.neonstack.neon.local.LocalProcess;
import dev.neonstack.neon.local.LocalProcessException;
import dev.neonstack.stacks.CorpStack;
import dev.neonstack.stacks.LocalStack;
import dev.neonstack.stacks.cluster.ClusterCheck;
import dev.neonstack.stacks.config.Settings;
import dev.neonstack.stacks.config.StackConfig;
import dev.neonstack.stacks.config.Target;
import java.time.Clock;
import java.util.logging.LogManager;

/** The program Pulumi runs: chooses the stack by the configured target. */
public final class Main {
  private static final String NAMESPACE = "neonstack";

  private Main() {}

  /** Runs the program under the Pulumi engine. */
  public static void main(String[] arguments) {
    // The SDK sends what it logs to the engine as well, which shows it; here it would be shown
    // twice.
    LogManager.getLogManager().reset();
    Pulumi.run(
        context ->
            declare(
                context,
                EngineSettings.of(NAMESPACE, System.getenv(), context.config(NAMESPACE)::get),
                Main::findOrStartLocalProcess));
  }

  static void declare(Context context, Settings settings, Runnable localProcess) {
    var config = StackConfig.read(settings, Clock.systemUTC());
    switch (config.target()) {
      case LOCAL -> {
        if (!Deployment.getInstance().isDryRun()) {
          localProcess.run();
        }
        new LocalStack(config.projects()).export(context);
      }
      case CORP -> {
        var corp = config.corp().orElseThrow();
        new ClusterCheck(corp, System.getenv(), context.log()::warn).run();
        new CorpStack(corp, config.projects()).export(context);
      }
      case AWS -> throw notYet(config.target());
    }
  }

  /** An update that changes nothing asks nothing of the provider, and yet branches shall serve. */
  private static void findOrStartLocalProcess() {
    try {
      LocalProcess.ofEnvironment(System.getenv()).findOrStart();
    } catch (LocalProcessException e) {
      throw new RunException(e.getMessage());
    }
  }

  private static RunException notYet(Target target) {
    return new RunException(
        "target '%s' is not in this version of neonstack, which has local and corp; run: pulumi config set neonstack:target local"
            .formatted(target.word()));
  }
}
