package dev.neonstack.stacks;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.deployment.Deployment;
import com.pulumi.deployment.InvokeOptions;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.components.neon.ProjectTree;
import dev.neonstack.sdk.NeonstackFunctions;
import dev.neonstack.sdk.Provider;
import dev.neonstack.sdk.ProviderArgs;
import dev.neonstack.sdk.inputs.GetOwnBranchesArgs;
import dev.neonstack.stacks.config.Target;
import java.util.ArrayList;
import java.util.List;

/** Projects on this machine: storage, control plane and Postgres in the local process. */
public final class LocalStack {
  private final Provider provider = newProvider();
  private final List<ProjectSpec> declared;
  private final List<ProjectTree> projects;

  /** Declares the projects. */
  public LocalStack(List<ProjectSpec> projects) {
    this.declared = List.copyOf(projects);
    this.projects =
        projects.stream()
            .map(project -> new ProjectTree(project.name(), project, under(provider)))
            .toList();
  }

  static Provider newProvider() {
    var word = Target.LOCAL.word();
    return new Provider(
        word, ProviderArgs.builder().target(word).build(), CustomResourceOptions.Empty);
  }

  private static ComponentResourceOptions under(Provider provider) {
    return ComponentResourceOptions.builder().providers(provider).build();
  }

  /** Exports how to connect to the branches, and which there are; says what would go. */
  public void export(Context context) {
    departures(context);
    context.export("connectionUris", Output.ofSecret(Exports.connectionUris(projects)));
    context.export("branches", Output.of(Exports.branches(projects)));
  }

  private void departures(Context context) {
    var owner = "urn:pulumi:%s::%s::".formatted(context.stackName(), context.projectName());
    var preview = Deployment.getInstance().isDryRun();
    var unused =
        NeonstackFunctions.getOwnBranches(
                GetOwnBranchesArgs.builder().owner(owner).build(),
                InvokeOptions.builder().provider(provider).build())
            .applyValue(
                found -> {
                  tell(context, Departures.of(declared, found.branches()), preview);
                  return found;
                });
  }

  /** What is made by an update looks new to a preview only. */
  private void tell(Context context, Departures departures, boolean preview) {
    var refusals = new ArrayList<>(departures.refusals());
    if (preview) {
      refusals.addAll(departures.unknownNames());
      departures.warnings().forEach(context.log()::warn);
    }
    if (!refusals.isEmpty()) {
      Refusal.say(context.stackName(), String.join(System.lineSeparator(), refusals), provider);
    }
  }
}
