package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.provider.fake.Fault;
import dev.neonstack.provider.fake.Fault.Kind;
import dev.neonstack.provider.value.Props;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectTest {
  private static final String CREATE = "PUT .*location_config";

  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aProjectIsATenantWithItsRetention() {
    var wanted = Props.builder().put("name", "demo").put("historyRetention", "12h").build();
    var project = lab.engine.create("Project", "demo", wanted);

    assertThat(lab.storage.projects()).containsExactly(project.id());
    assertThat(lab.storage.retention(project.id())).isEqualTo("43200s");
    assertThat(project.state().text("tenantId")).contains(project.id());
    assertThat(project.state().integer("pgVersion")).hasValue(17);
    assertThat(lab.engine.read(project)).contains(project);
  }

  @Test
  void retentionAndNameAreChangedInPlace() {
    var project = lab.project();
    var wanted = Props.builder().put("name", "other").put("historyRetention", "2d").build();
    var updated = lab.engine.update(project, wanted);

    assertThat(lab.storage.retention(project.id())).isEqualTo("172800s");
    assertThat(lab.controlPlane.projects())
        .singleElement()
        .satisfies(json -> assertThat(json.path("name").asText()).isEqualTo("other"));
    assertThat(updated.state().text("historyRetention")).contains("2d");
  }

  @Test
  void whatAKilledProviderLeftIsTakenOver() {
    lab.engine.timeout(1);
    for (var i = 0; i < 50; i++) {
      lab.storage.fail(Fault.of(Kind.CUT_AFTER, CREATE));
    }
    var begun = lab.project();
    assertThat(begun.initErrors()).isNotEmpty();
    lab.storage.heal();
    lab.restartProvider();

    assertThat(lab.project().id()).isEqualTo(begun.id());
    assertThat(lab.storage.projects()).hasSize(1);
    assertThat(lab.controlPlane.projects()).hasSize(1);
  }

  @Test
  void anUnfinishedProjectIsFinishedByTheNextUpdate() {
    lab.engine.timeout(1);
    for (var i = 0; i < 50; i++) {
      lab.storage.fail(Fault.of(Kind.STATUS, CREATE, 503));
    }
    var begun = lab.project();
    lab.storage.heal();
    lab.engine.timeout(20);
    var done = lab.engine.update(begun, Props.builder().put("name", "demo").build());

    assertThat(begun.initErrors()).isNotEmpty();
    assertThat(done.initErrors()).isEmpty();
    assertThat(done.state().has("pending")).isFalse();
    assertThat(lab.storage.projects()).containsExactly(begun.id());
  }

  @Test
  void aRefusedProjectLeavesNothing() {
    lab.storage.fail(Fault.of(Kind.STATUS, CREATE, 403));
    assertThatThrownBy(lab::project).hasMessageContaining("neonstack:storageToken");
    assertThat(lab.controlPlane.projects()).isEmpty();
  }

  @Test
  void aProjectThatTheControllerKeepsThoughItRefusesItIsFinishedByTheNextUp() {
    lab.storage.fail(Fault.of(Kind.STATUS, CREATE, 409));
    var begun = lab.project();
    assertThat(begun.initErrors()).singleElement().asString().contains("Run pulumi up again");
    assertThat(lab.controlPlane.projects()).hasSize(1);

    lab.restartProvider();
    var found = lab.project();
    assertThat(found.id()).isEqualTo(begun.id());
    assertThat(found.initErrors()).isEmpty();
  }

  @Test
  void aProjectThatWasNeverMadeIsRemovedThoughItCannotBeListed() {
    lab.storage.fail(Fault.of(Kind.STATUS, CREATE, 409));
    var begun = lab.project();
    lab.storage.fail(Fault.of(Kind.STATUS, "GET .*", 409));

    lab.engine.delete(begun);

    assertThat(lab.storage.requests("DELETE .*")).hasSize(1);
    assertThat(lab.storage.projects()).isEmpty();
    assertThat(lab.controlPlane.projects()).isEmpty();
  }

  @Test
  void aProjectWithBranchesIsNotDeleted() {
    var main = lab.root();
    var project = lab.engine.importById("Project", "demo", Lab.projectOf(main)).orElseThrow();
    assertThatThrownBy(() -> lab.engine.delete(project)).hasMessageContaining("'main'");
    assertThat(lab.storage.requests("DELETE .*")).isEmpty();

    lab.engine.delete(main);
    lab.engine.delete(project);
    assertThat(lab.storage.projects()).isEmpty();
    assertThat(lab.controlPlane.projects()).isEmpty();
    lab.engine.delete(project);
  }

  @Test
  void aMissingProjectIsAnErrorAndNotGone() {
    var project = lab.project();
    lab.storage.removeTenant(project.id());
    assertThatThrownBy(() -> lab.engine.read(project))
        .hasMessageContaining("not taken for deleted")
        .hasMessageContaining(lab.storage.url().toString());
  }
}
