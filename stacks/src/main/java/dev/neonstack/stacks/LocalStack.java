package dev.neonstack.stacks;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.components.neon.ProjectTree;
import dev.neonstack.sdk.Provider;
import dev.neonstack.sdk.ProviderArgs;
import dev.neonstack.stacks.config.Target;
import java.util.List;

/** Projects on this machine: storage, control plane and Postgres in the local process. */
public final class LocalStack {
  private final List<ProjectTree> projects;

  /** Declares the projects. */
  public LocalStack(List<ProjectSpec> projects) {
    var word = Target.LOCAL.word();
    var provider =
        new Provider(
            word, ProviderArgs.builder().target(word).build(), CustomResourceOptions.Empty);
    this.projects =
        projects.stream()
            .map(project -> new ProjectTree(project.name(), project, under(provider)))
            .toList();
  }

  private static ComponentResourceOptions under(Provider provider) {
    return ComponentResourceOptions.builder().providers(provider).build();
  }

  /** Exports how to connect to the branches, and which there are. */
  public void export(Context context) {
    context.export("connectionUris", Output.ofSecret(Exports.connectionUris(projects)));
    context.export("branches", Output.of(Exports.branches(projects)));
  }
}
