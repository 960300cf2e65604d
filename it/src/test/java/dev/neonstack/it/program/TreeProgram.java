package dev.neonstack.it.program;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.StackOptions;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.components.neon.ProjectTree;
import dev.neonstack.program.EngineRun;
import dev.neonstack.sdk.Provider;
import dev.neonstack.sdk.ProviderArgs;
import dev.neonstack.stacks.config.StackConfig;
import dev.neonstack.stacks.config.reading.Settings;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * The projects of the stack's configuration under a provider that is told where storage and the
 * control plane are, so that a test can stand in between.
 */
public final class TreeProgram {
  private TreeProgram() {}

  public static void main(String[] arguments) {
    EngineRun.run(StackOptions.Empty, TreeProgram::declare);
  }

  private static void declare(Context context) {
    var settings =
        new Settings(context.config("neonstack")::get, Set.of("target", "projects"), Set.of());
    var provider = new Provider("faulty", provider(), CustomResourceOptions.Empty);
    var uris = new LinkedHashMap<String, Output<String>>();
    for (var spec : StackConfig.read(settings, Clock.systemUTC()).projects()) {
      for (var branch : tree(spec, provider).branches()) {
        branch
            .connectionUri()
            .ifPresent(uri -> uris.put(spec.name() + "/" + branch.spec().name(), uri));
      }
    }
    context.export("connectionUris", Output.ofSecret(uris));
  }

  private static ProviderArgs provider() {
    return ProviderArgs.builder()
        .storageUrl(System.getenv("IT_STORAGE_URL"))
        .storageToken(Output.ofSecret(System.getenv("IT_STORAGE_TOKEN")))
        .storageDialect("pageserver")
        .controlPlaneUrl(System.getenv("IT_CONTROL_PLANE_URL"))
        .controlPlaneToken(Output.ofSecret(System.getenv("IT_CONTROL_PLANE_TOKEN")))
        .build();
  }

  private static ProjectTree tree(ProjectSpec spec, Provider provider) {
    return new ProjectTree(
        spec.name(), spec, ComponentResourceOptions.builder().providers(provider).build());
  }
}
