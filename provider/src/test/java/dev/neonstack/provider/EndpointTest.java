package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.provider.Engine.Resource;
import dev.neonstack.provider.fake.Fault;
import dev.neonstack.provider.fake.Fault.Kind;
import dev.neonstack.provider.value.Props;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulumirpc.Provider.DiffResponse.DiffChanges;

class EndpointTest {
  private final Lab lab = new Lab();
  private final Resource main = lab.root();

  @AfterEach
  void close() {
    lab.close();
  }

  private Props.Builder wanted() {
    return Props.builder().put("project", Lab.projectOf(main)).put("branch", Lab.id(main));
  }

  @Test
  void anEndpointHasAnAddress() {
    var endpoint =
        lab.engine.create(
            "Endpoint", "rw", wanted().put("settings", Map.of("work_mem", "8MB")).build());

    assertThat(endpoint.id()).matches("[0-9a-f]{32}/ep-quiet-river-[0-9]{8}");
    assertThat(endpoint.state().text("host")).contains("127.0.0.1");
    assertThat(endpoint.state().integer("port")).isPresent();
    assertThat(endpoint.inputs().text("name")).contains("rw");
    assertThat(lab.engine.read(endpoint).orElseThrow().inputs()).isEqualTo(endpoint.inputs());
  }

  @Test
  void anEndpointIsChangedInPlaceAndImported() {
    var endpoint = lab.engine.create("Endpoint", "rw", wanted().build());
    var changed = wanted().put("maxCu", 2).put("minCu", 1).put("suspendTimeout", 300).build();
    var updated = lab.engine.update(endpoint, changed);

    assertThat(updated.state().number("maxCu")).hasValue(2);
    assertThat(lab.controlPlane.endpoints().get(0).path("suspend_timeout_seconds").asInt())
        .isEqualTo(300);
    var imported = lab.engine.importById("Endpoint", "rw", endpoint.id()).orElseThrow();
    assertThat(lab.engine.diff(imported, changed).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER", "GARBAGE"})
  void aCreateWithoutAnswerMakesOneEndpoint(Kind kind) {
    lab.controlPlane.fail(Fault.of(kind, "POST .*/endpoints"));
    var endpoint = lab.engine.create("Endpoint", "rw", wanted().build());

    assertThat(lab.controlPlane.endpoints()).hasSize(1);
    assertThat(endpoint.initErrors()).isEmpty();
  }

  @Test
  void whatAKilledProviderLeftIsTakenOver() {
    var left = lab.engine.create("Endpoint", "rw", wanted().build());
    lab.restartProvider();
    var endpoint = lab.engine.create("Endpoint", "rw", wanted().build());

    assertThat(endpoint.id()).isEqualTo(left.id());
    assertThat(lab.controlPlane.endpoints()).hasSize(1);
  }

  @Test
  void aSecondEndpointThatMayWriteIsRefusedAndTheFirstNamed() {
    var first = lab.engine.create("Endpoint", "rw", wanted().build());
    assertThatThrownBy(() -> lab.engine.create("Endpoint", "rw2", wanted().build()))
        .hasMessageContaining(first.state().requireText("endpointId"))
        .hasMessageContaining("read_only");
    lab.engine.create("Endpoint", "ro", wanted().put("type", "read_only").build());
    assertThat(lab.controlPlane.endpoints()).hasSize(2);
  }

  @Test
  void anEndpointThatDoesNotStartIsKeptAndStartedByTheNextUpdate() {
    lab.controlPlane.fail(Fault.of(Kind.CUT_AFTER, "POST .*/endpoints"));
    lab.controlPlane.fail(Fault.of(Kind.STATUS, "POST .*/start", 500));
    var begun = lab.engine.create("Endpoint", "rw", wanted().build());
    assertThat(begun.initErrors())
        .singleElement()
        .asString()
        .contains("does not accept connections");

    lab.controlPlane.forgetRequests();
    var done = lab.engine.update(begun, wanted().build());
    assertThat(done.initErrors()).isEmpty();
    assertThat(lab.controlPlane.requests("POST .*/start")).hasSize(1);
  }

  @Test
  void aChangeThatFailedIsMadeAgainEvenWhenTheInputsAreTheOldOnes() {
    var endpoint = lab.engine.create("Endpoint", "rw", wanted().build());
    lab.controlPlane.fail(Fault.of(Kind.STATUS, "PATCH .*/endpoints/.*", 500));
    var failed =
        lab.engine.update(endpoint, wanted().put("settings", Map.of("work_mem", "8MB")).build());

    assertThat(failed.initErrors()).hasSize(1);
    assertThat(failed.inputs()).isEqualTo(endpoint.inputs());
    lab.controlPlane.forgetRequests();
    assertThat(lab.engine.update(failed, wanted().build()).initErrors()).isEmpty();
    assertThat(lab.controlPlane.requests("PATCH .*/endpoints/.*")).hasSize(1);
  }

  @Test
  void settingsThatEveryDoorRefusesAreRefusedInPreview() {
    var settings = Map.of("Wal_Level", "minimal");

    assertThat(lab.engine.failures("Endpoint", wanted().put("settings", settings).build()))
        .singleElement()
        .asString()
        .contains("settings.Wal_Level", "no value here");
  }

  @Test
  void deletingWhatIsGoneIsFine() {
    var endpoint = lab.engine.create("Endpoint", "rw", wanted().build());
    lab.engine.delete(endpoint);
    lab.engine.delete(endpoint);
    assertThat(lab.controlPlane.endpoints()).isEmpty();
    assertThat(lab.engine.read(endpoint)).isEmpty();
  }

  @Test
  void aBranchTheControlPlaneDoesNotKnowIsMadeKnown() {
    var stranger = "0000000000000000000000000000000a";
    lab.storage.addRoot(Lab.projectOf(main), stranger);
    lab.engine.create("Endpoint", "rw", wanted().put("branch", stranger).build());

    assertThat(lab.controlPlane.branch(stranger).path("ready").asBoolean()).isTrue();
    var nowhere = "0000000000000000000000000000000b";
    assertThatThrownBy(
            () -> lab.engine.create("Endpoint", "no", wanted().put("branch", nowhere).build()))
        .hasMessageContaining("does not exist");
  }

  @Test
  void withoutAControlPlaneTheUserIsToldWhatToSet() {
    lab.withoutControlPlane();
    assertThatThrownBy(() -> lab.engine.create("Endpoint", "rw", wanted().build()))
        .hasMessageContaining("neonstack:controlPlaneUrl");
  }
}
