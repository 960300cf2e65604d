package dev.neonstack.it.kube;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.it.harness.StackBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Times the corporate stack on the test cluster; {@code ./neonstack bench corp} runs it. */
@ExtendWith({OnPlatform.class, OnKubernetes.class})
class CorpBench {
  private static final double PREVIEW_SECONDS = 5;
  private static final double NO_OP_SECONDS = 6;

  @TempDir Path folder;

  @Test
  void corp(Platform platform, KubeServer kube) throws IOException {
    var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kube.kubeconfig());
    var stack =
        Stack.onCluster(platform, folder)
            .config(CorpConfig.on(kubeconfig).withoutProjects().values());
    var bench = new StackBenchmark(stack);
    Given.make(kube.api());
    bench.once("preview of everything, cold", stack::preview);
    bench.once("first up", stack::up);
    bench.often("no-op up", NO_OP_SECONDS, () -> stack.up("--expect-no-changes"));
    bench.often("preview, warm", PREVIEW_SECONDS, stack::preview);
    bench.fact("objects of Kubernetes", stack.inputs("kubernetes:").size());
    bench.once("destroy", stack::destroy);
    bench.print();
  }
}
