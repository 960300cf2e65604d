package dev.neonstack.program;

import com.pulumi.Config;
import com.pulumi.Context;
import com.pulumi.context.internal.ConfigContextInternal;
import com.pulumi.context.internal.ContextInternal;
import com.pulumi.context.internal.LoggingContextInternal;
import com.pulumi.context.internal.OutputContextInternal;
import com.pulumi.core.internal.OutputFactory;
import com.pulumi.deployment.internal.DeploymentImpl;
import com.pulumi.deployment.internal.DeploymentImpl.DeploymentState;
import com.pulumi.deployment.internal.DeploymentInstanceHolder;
import com.pulumi.deployment.internal.DeploymentInstanceInternal;
import com.pulumi.internal.PulumiInternal;
import com.pulumi.resources.StackOptions;
import java.util.function.Consumer;
import java.util.logging.LogManager;

/**
 * Runs a program under the Pulumi engine as {@link com.pulumi.Pulumi} does, with two parts of the
 * SDK (1.36.1) replaced that take a third of its processor time: its {@link Tasks} and its {@link
 * EngineLog}.
 */
public final class EngineRun {
  private EngineRun() {}

  /** Runs it and ends the process with the code that the engine expects. */
  public static void run(StackOptions options, Consumer<Context> program) {
    // The SDK sends what it logs to the engine as well, which shows it; here it would be shown
    // twice.
    LogManager.getLogManager().reset();
    var state = DeploymentState.fromEnvironment();
    if (!DeploymentState.ExcessiveDebugOutput) {
      state.logger = new EngineLog(state.logger);
    }
    state.runner = new Tasks(state.runner);
    var deployment = new DeploymentImpl(state);
    DeploymentInstanceHolder.setInstance(new DeploymentInstanceInternal(deployment));
    new PulumiInternal(state.runner, context(deployment, options)).run(program);
  }

  private static ContextInternal context(DeploymentImpl deployment, StackOptions options) {
    return new ContextInternal(
        deployment.getOrganizationName(),
        deployment.getProjectName(),
        deployment.getStackName(),
        new LoggingContextInternal(deployment.getLog()),
        new ConfigContextInternal(
            deployment.getProjectName(), name -> new Config(deployment.getConfig(), name)),
        new OutputContextInternal(new OutputFactory(deployment.getRunner())),
        options.resourceTransformations());
  }
}
