package dev.neonstack.controlplane.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void nothingThatHoldsAPasswordPrintsIt() {
    var now = Instant.EPOCH;
    var role = new RoleEntry("app", "the-password", "the-verifier", now, now);
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
            Contents.NONE.with(role),
            now,
            now);
    var content = Content.EMPTY.with(branch);
    var spec =
        new ComputeSpec(
            "ep",
            branch.project(),
            branch.id(),
            "127.0.0.1",
            1,
            Map.of(),
            List.of(new ComputeSpec.RoleSpec("app", "the-verifier")),
            List.of(),
            List.of(),
            List.of());

    assertThat(List.of(content.toString(), spec.toString()))
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("app")
                    .doesNotContain("the-password")
                    .doesNotContain("the-verifier"));
  }
}
