package dev.neonstack.it.aws;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.PeakMemory;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.StackBenchmark;
import dev.neonstack.it.kube.KubeServer;
import dev.neonstack.it.kube.OnKubernetes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Times the stack on AWS, with stand-ins for its plugins; {@code ./neonstack bench dev} runs it.
 */
@ExtendWith({OnPlatform.class, OnKubernetes.class})
class DevBench {
  private static final double PREVIEW_SECONDS = 6;
  private static final double PROGRAM_SECONDS = 3;
  private static final String PROGRAM = "neonstack.jar";
  private static final String PROVIDER = "provider.jar";

  @TempDir Path folder;

  @Test
  void dev(Platform platform, KubeServer kube) throws IOException {
    try (var site = new Site(platform, kube, folder);
        var memory = new PeakMemory(PROGRAM, PROVIDER)) {
      var stack = site.stack(AwsConfigs.production());
      var bench = new StackBenchmark(stack);
      bench.once("preview of the large stack, cold", stack::preview);
      bench.fact("its resources", stack.preview("--json").succeeded().planned().size());
      stack.config(AwsConfigs.dev().values());
      bench.once("preview of everything", stack::preview);
      bench.once("first up", stack::up);
      bench.fact("resources", stack.inputs("").size());
      bench.often("no-op up", PREVIEW_SECONDS, () -> stack.up("--expect-no-changes"));
      bench.often("preview, warm", PREVIEW_SECONDS, PROGRAM_SECONDS, stack::preview);
      bench.once("destroy", stack::destroy);
      bench.fact("most memory of the program", memory.mebibytes(PROGRAM) + " MiB");
      bench.fact("most memory of the provider", memory.mebibytes(PROVIDER) + " MiB");
      bench.print();
    }
  }
}
