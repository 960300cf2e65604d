package dev.neonstack.stacks;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.neonstack.sdk.Provider;

/**
 * Ends a run with one message. A Java program that fails by itself has it told twice, the second
 * time as its exit code. What its provider refuses, the engine tells once, and ends the program.
 */
public final class Refusal extends CustomResource {
  private static final String TYPE = "neonstack:index:Configuration";

  /** Why, in words for the user. The SDK reads the field by reflection. */
  @SuppressWarnings("UnusedVariable")
  private static final class Reason extends ResourceArgs {
    @Import(name = "reason", required = true)
    private final Output<String> reason;

    Reason(String reason) {
      this.reason = Output.of(reason);
    }
  }

  private Refusal(String stack, String reason, Provider provider) {
    super(
        TYPE,
        "Pulumi." + stack + ".yaml",
        new Reason(reason),
        CustomResourceOptions.builder().provider(provider).build());
  }

  /** Runs what declares a stack; what it refuses is said by the engine. */
  public static void instead(Context context, Runnable program) {
    try {
      program.run();
    } catch (RunException e) {
      say(context.stackName(), e.getMessage(), LocalStack.newProvider());
    }
  }

  /** Has the engine tell the reason and end the program. */
  static void say(String stack, String reason, Provider provider) {
    var unused = new Refusal(stack, reason, provider);
  }
}
