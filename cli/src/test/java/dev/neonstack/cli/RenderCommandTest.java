package dev.neonstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderCommandTest {
  @TempDir Path dir;

  @BeforeEach
  void preview() throws IOException {
    Files.writeString(
        dir.resolve("preview.json"),
        """
        {"steps": [
          {"op": "create", "newState": {"type": "pulumi:providers:kubernetes", "inputs": {"x": 1}}},
          {"op": "create", "newState": {"type": "kubernetes:core/v1:Secret", "inputs": {
            "kind": "Secret", "apiVersion": "v1", "metadata": {"name": "s", "namespace": "neon"},
            "stringData": {"clear": "hunter2"}}}},
          {"op": "same", "newState": {"type": "kubernetes:apps/v1:Deployment", "inputs": {
            "kind": "Deployment", "apiVersion": "apps/v1", "__defaults": [],
            "metadata": {"name": "d", "namespace": "neon",
              "annotations": {"sum": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}},
            "spec": {"replicas": 2, "token": {
              "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
              "ciphertext": "hunter3"}, "args": ["--a", "12"]}}}},
          {"op": "delete", "newState": {"type": "kubernetes:core/v1:Service", "inputs": {
            "kind": "Service", "metadata": {"name": "old"}}}}]}
        """);
  }

  private Cli.Result run(String... more) {
    var arguments = new String[3 + more.length];
    arguments[0] = "render";
    arguments[1] = "--preview";
    arguments[2] = dir.resolve("preview.json").toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Cli.run(Map.of(), arguments);
  }

  @Test
  void theObjectsThatWillBeThereAreWrittenWithoutSecrets() {
    assertThat(run().out())
        .isEqualTo(
            """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              annotations:
                sum: "[known after up]"
              name: d
              namespace: neon
            spec:
              args:
              - --a
              - "12"
              replicas: 2
              token: "[secret]"
            ---
            apiVersion: v1
            kind: Secret
            metadata:
              name: s
              namespace: neon
            stringData:
              clear: "[secret]"
            """);
  }

  @Test
  void aFolderGetsAFilePerObject() {
    var out = dir.resolve("out");
    assertThat(run(out.toString()).out()).isEqualTo("2 objects written to " + out + "\n");
    assertThat(out.resolve("deployment-neon-d.yaml")).exists();
    assertThat(out.resolve("secret-neon-s.yaml")).content().doesNotContain("hunter");
  }
}
