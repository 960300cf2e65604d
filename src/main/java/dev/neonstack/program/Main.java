package dev.neonstack.program;

import com.pulumi.Context;
import com.pulumi.deployment.Deployment;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.StackOptions;
import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.local.client.LocalProcessException;
import dev.neonstack.review.cost.PriceTable;
import dev.neonstack.stacks.AwsStack;
import dev.neonstack.stacks.CorpStack;
import dev.neonstack.stacks.LocalStack;
import dev.neonstack.stacks.Recorder;
import dev.neonstack.stacks.Refusal;
import dev.neonstack.stacks.Review;
import dev.neonstack.stacks.cluster.ClusterCheck;
import dev.neonstack.stacks.config.StackConfig;
import dev.neonstack.stacks.config.StackConfig.Reviewed;
import dev.neonstack.stacks.config.Target;
import dev.neonstack.stacks.config.reading.Settings;
import java.nio.file.Path;
import java.time.Clock;

/** The program Pulumi runs: chooses the stack by the configured target. */
public final class Main {
  private static final String NAMESPACE = "neonstack";

  private Main() {}

  /** Runs the program under the Pulumi engine. */
  public static void main(String[] arguments) {
    var recorder = new Recorder();
    EngineRun.run(
        StackOptions.builder().resourceTransformations(recorder).build(),
        context ->
            Refusal.instead(
                context,
                () ->
                    declare(
                        context,
                        EngineSettings.of(
                            NAMESPACE, System.getenv(), context.config(NAMESPACE)::get),
                        Main::findOrStartLocalProcess,
                        recorder)));
  }

  static void declare(
      Context context, Settings settings, Runnable localProcess, Recorder recorder) {
    var config = StackConfig.read(settings, Clock.systemUTC());
    config.reviewed().ifPresent(reviewed -> recorder.start());
    // Waiting comes before the first resource: a thread that waits does tasks of the SDK meanwhile,
    // and has no deployment after them.
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
      case AWS ->
          new AwsStack(
                  config.aws().orElseThrow(), config.projects(), context.stackName(), Path.of(""))
              .export(context);
    }
    config.reviewed().ifPresent(reviewed -> review(context, config.target(), reviewed, recorder));
  }

  /** Only what AWS sells has a price. */
  private static void review(Context context, Target target, Reviewed reviewed, Recorder recorder) {
    var prices = PriceTable.of(System.getenv());
    var cost = Review.check(recorder, reviewed.profile(), prices, reviewed.usage());
    if (target == Target.AWS) {
      context.export("cost", cost);
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
}
