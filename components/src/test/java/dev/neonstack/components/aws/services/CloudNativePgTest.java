package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.aws.RecordedAccount;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CloudNativePgTest {
  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void itIsAsInTheGoldenFile() {
    var cluster = new RecordedCluster();
    cluster.run(context -> new CloudNativePg("postgres", null));

    Golden.assertSame("aws-cloudnative-pg", cluster);
  }

  @Test
  void everythingBelongsToIt() {
    var account = new RecordedAccount();
    account.run(context -> new CloudNativePg("postgres", null));

    assertThat(account.parents())
        .isEqualTo(
            Map.of(
                "Namespace postgres", "CloudNativePg postgres",
                "Release postgres", "CloudNativePg postgres"));
  }
}
