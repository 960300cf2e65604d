package dev.neonstack.review.plan;

import static dev.neonstack.review.Steps.branch;
import static dev.neonstack.review.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.review.Preview;
import dev.neonstack.review.Steps;
import dev.neonstack.review.loss.Losses;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final String MAIN = "name: main, branchId: m";

  @Test
  void whatIsLetGoOfStaysUnlessItsBranchGoes() {
    var database =
        step("delete", "neonstack:index:Database", "demo/main/app", "", "name: app", "")
            .replace("custom: true", "custom: true, retainOnDelete: true");

    assertThat(lines(Steps.preview("", database)))
        .containsExactly("- demo/main: database app (this stack lets go of it; it stays there)");
    assertThat(lines(Steps.preview("", branch("delete", "main", MAIN, ""), database)))
        .containsExactly("- demo/main: branch, database app");
  }

  @Test
  void aBranchIsOneLineInTheOrderOfTheConfigurationAfterWhatIsNoBranch() {
    var b = "demo/feature/b";
    var preview =
        Steps.preview(
            "{\"name\": \"main\"}, {\"name\": \"feature/b\"}, {\"name\": \"a\"}",
            step("create", "pulumi:pulumi:Stack", "neonstack-x", "", "", ""),
            step("create", "pulumi:providers:neonstack", "local", "", "", ""),
            step(
                "update",
                "neonstack:index:Project",
                "demo",
                "historyRetention",
                "historyRetention: 7d",
                "historyRetention: 2d"),
            branch("delete", "gone", "name: gone, branchId: g, parent: m", ""),
            step("delete", "neonstack:index:Database", "demo/gone/app", "", "name: app", ""),
            branch("replace", "a", "name: a, parent: m", "name: a, parent: m"),
            branch("create-replacement", "a", "name: a, parent: m", "name: a, parent: m"),
            step("create", "neonstack:index:Endpoint", b, "", "", ""),
            step("create", "neonstack:index:Role", b + "/app", "", "", "name: app"),
            branch("create", "feature/b", "", "name: feature/b, parent: m, ttl: 30m"),
            branch("same", "main", MAIN, MAIN),
            step(
                "update",
                "neonstack:index:Role",
                "demo/main/app",
                "password",
                "name: app, password: '[secret]'",
                "name: app, password: '[secret]'"),
            step("create", "kubernetes:apps/v1:Deployment", "proxy", "", "", ""));

    assertThat(lines(preview))
        .containsExactly(
            "+ kubernetes:apps/v1:Deployment proxy: ",
            "~ demo: project: historyRetention 7d → 2d",
            "~ demo/main: role app: password",
            "+ demo/feature/b: branch from main that ends at 2026-11-28T12:30:00Z, role app, endpoint",
            "± demo/a: branch from main",
            "- demo/gone: branch from main, database app");
  }

  @Test
  void aBranchUnderANewNameIsTheSameBranch() {
    var renamed =
        step(
                "update",
                "neonstack:index:Branch",
                "demo/new",
                "name",
                "name: old, branchId: b",
                "name: new, branchId: b")
            .replaceFirst(
                "oldState: \\{urn: \"[^\"]*\"",
                "oldState: {urn: \"urn:pulumi:x::neonstack::neonstack:index:Branch::demo/old\"");

    assertThat(lines(Steps.preview("", renamed)))
        .containsExactly("~ demo/new: branch: name old → new");
    assertThat(Losses.of(Steps.preview("", renamed), NOW)).isEmpty();
  }

  @Test
  void whatStaysIsNoChange() {
    assertThat(Plan.isEmpty(Steps.preview("", branch("same", "main", MAIN, MAIN)))).isTrue();
    assertThat(Plan.isEmpty(Steps.preview("", branch("update", "main", MAIN, MAIN)))).isFalse();
  }

  private static List<String> lines(Preview preview) {
    return Plan.rows(preview, NOW).stream()
        .map(row -> row.sign() + " " + row.name() + ": " + row.words())
        .toList();
  }
}
