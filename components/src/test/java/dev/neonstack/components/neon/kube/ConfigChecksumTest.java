package dev.neonstack.components.neon.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.RecordedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConfigChecksumTest {
  private static final Map<String, String> FILES = Map.of("a.toml", "x = 1", "b.json", "{}");

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void itChangesWithEachFileAndEachSecretAndWithNothingElse() {
    var all = new ArrayList<String>();
    new RecordedCluster()
        .run(
            context -> {
              all.add(checksum(FILES, "1"));
              all.add(checksum(Map.of("a.toml", "x = 2", "b.json", "{}"), "1"));
              all.add(checksum(FILES, "2"));
              all.add(checksum(Map.of("a.toml", "x = 1{}", "b.json", ""), "1"));
              assertThat(checksum(Map.of("b.json", "{}", "a.toml", "x = 1"), "1"))
                  .isEqualTo(all.get(0));
            });

    assertThat(all).doesNotHaveDuplicates().allMatch(sum -> sum.matches("[0-9a-f]{64}"));
  }

  private static String checksum(Map<String, String> files, String version) {
    var secret = new SecretEntry("keys", "token", Output.of(version));
    return PulumiTest.extractValue(ConfigChecksum.annotation(Output.of(files), List.of(secret)))
        .get(ConfigChecksum.ANNOTATION);
  }
}
