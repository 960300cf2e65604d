package dev.neonstack.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Plain pulumi as `./neonstack env` sets it up, on the stack of the repository. */
@ExtendWith(OnPlatform.class)
class PlainPulumiIT {
  @TempDir Path folder;

  @Test
  void aPreviewLeavesTheConfigurationFileAsItIs(Platform platform) throws IOException {
    var file = Path.of(platform.variables().get("NEONSTACK_HOME"), "Pulumi.local.yaml");
    var before = Files.readString(file);
    try {
      platform
          .shell(folder, "eval \"$(./neonstack env)\"; pulumi preview --non-interactive -s local")
          .succeeded()
          .says("demo/main");

      assertThat(file).hasContent(before);
    } finally {
      Files.writeString(file, before);
    }
  }
}
