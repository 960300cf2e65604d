package dev.neonstack.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Repository;
import dev.neonstack.it.harness.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What ./neonstack render and verify make of the real CLI's preview and a real API server. */
@ExtendWith({OnPlatform.class, OnKubernetes.class})
@ResourceLock("cluster")
class OperatingIT {
  @TempDir Path folder;

  @Test
  void everyObjectIsWrittenAndNoSecret(Platform platform, KubeServer kube) throws Exception {
    var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kube.kubeconfig());
    var stack =
        Stack.onCluster(platform, folder)
            .config(CorpConfig.on(kubeconfig).with("# checks: true", "checks: false").values());
    var printed = stack.preview("--json").succeeded().output();
    var preview = folder.resolve("preview.json");
    Files.writeString(preview, printed.substring(printed.indexOf('{')));

    var said = render(preview, folder.resolve("objects"));

    assertThat(said).contains(" objects written to ");
    assertThat(folder.resolve("objects/statefulset-neon-pageserver.yaml")).exists();
    var keys = folder.resolve("objects/secret-neon-storage-public-keys.yaml");
    assertThat(keys).content().contains("kind: Secret").doesNotContain("BEGIN");
    assertThat(kube.api().inventory().toString()).doesNotContain("pageserver");
  }

  @Test
  void verifySpeaksToARealApiServer(KubeServer kube) throws Exception {
    Files.writeString(folder.resolve("kubeconfig"), kube.kubeconfig());
    Files.writeString(
        folder.resolve("Pulumi.corp.yaml"),
        """
        config:
          neonstack:cluster:
            kubeconfig: %s
            namespace: nowhere
        """
            .formatted(folder.resolve("kubeconfig")));

    assertThat(run(1, "verify", "-s", "corp"))
        .contains("none; is Neon deployed in namespace 'nowhere'? Run ./neonstack up")
        .contains("there is no Service 'storage-controller' in namespace 'nowhere'");
  }

  private String render(Path preview, Path target) throws IOException, InterruptedException {
    return run(0, "render", "--preview", preview.toString(), target.toString());
  }

  private String run(int code, String... arguments) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var jar = Repository.root().resolve("cli/target/cli.jar").toString();
    var command = new ArrayList<>(List.of(java, "-XX:-UsePerfData", "-jar", jar));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("NEONSTACK_HOME", folder.toString());
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(code);
    return said;
  }
}
