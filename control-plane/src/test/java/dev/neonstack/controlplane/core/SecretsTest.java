package dev.neonstack.controlplane.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.Secret;
import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void nothingThatHoldsAPasswordPrintsIt() {
    var now = Instant.EPOCH;
    var contents =
        Contents.UNSEEN
            .with(new Secret("app", "the-password", "the-verifier", now), Duration.ofDays(1))
            .wanting(AccountChange.putRole("app", "the-verifier"), now, () -> 1);
    var branch =
        new Branch(
            TenantId.random(),
            TimelineId.random(),
            "main",
            Branch.Origin.ROOT,
            false,
            Optional.empty(),
            BranchState.READY,
            Optional.empty(),
            contents,
            Map.of(),
            now,
            now);
    var found =
        new Inventory(
            List.of(new Inventory.Role("app", Optional.of("the-verifier"), true)), List.of());

    assertThat(List.of(branch.toString(), found.toString()))
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("app")
                    .doesNotContain("the-password")
                    .doesNotContain("the-verifier"));
  }
}
