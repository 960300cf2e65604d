package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.provider.Engine.Resource;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Secret;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.InvokeRequest;

class PreviewTest {
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aPreviewOfACreateCallsNothingAndKnowsWhatWasGiven() {
    var unknown =
        Props.builder()
            .put("project", Value.Unknown.VALUE)
            .put("name", "dev")
            .put("parent", Value.Unknown.VALUE)
            .build();
    var preview = lab.engine.previewCreate("Branch", "dev", unknown);

    assertThat(preview.text("name")).contains("dev");
    assertThat(preview.bool("archived")).contains(false);
    for (var name : List.of("project", "parent", "branchId", "parentLsn", "createdAt")) {
      assertThat(preview.get(name)).as(name).isEqualTo(Value.Unknown.VALUE);
    }
    assertThat(lab.storage.requests()).isEmpty();
    assertThat(lab.controlPlane.requests()).isEmpty();
  }

  @Test
  void aPasswordThatIsNotDrawnYetIsSecretAlready() {
    var role =
        Props.builder()
            .put("project", Value.Unknown.VALUE)
            .put("branch", Value.Unknown.VALUE)
            .put("name", "app")
            .build();
    var preview = lab.engine.previewCreate("Role", "app", role);
    assertThat(preview.marked("password")).isEqualTo(new Secret(Value.Unknown.VALUE));
  }

  @Test
  void aPreviewOfAnUpdateKeepsWhatDoesNotChange() {
    var main = lab.root();
    lab.storage.forgetRequests();
    var wanted = main.inputs().toBuilder().remove("branchId").put("name", "trunk").put("ttl", "1d");
    var preview = lab.engine.previewUpdate(main, wanted.build());

    assertThat(preview.text("name")).contains("trunk");
    assertThat(preview.text("branchId")).contains(Lab.id(main));
    assertThat(preview.get("expiresAt")).isEqualTo(Value.Unknown.VALUE);
    assertThat(lab.storage.requests()).isEmpty();
  }

  @Test
  void whatCannotBeMadeIsSaidInAPreview() {
    var main = lab.root();
    lab.configure();
    var head = lab.storage.timelines(Lab.projectOf(main)).get(0).head();

    assertThatThrownBy(() -> preview(main, "parentLsn", head.plus(8).toString()))
        .hasMessageContaining("parentLsn is at " + head.plus(8) + ", which branch");
    lab.storage.answerTimestamps("past");
    assertThatThrownBy(() -> preview(main, "parentTimestamp", "2020-01-01T00:00:00Z"))
        .hasMessageContaining("2020-01-01T00:00:00Z lies before what branch");
    assertThat(preview(main, "parentLsn", head.toString()).get("branchId"))
        .isEqualTo(Value.Unknown.VALUE);
    assertThat(lab.storage.timelines(Lab.projectOf(main))).hasSize(1);
  }

  private Props preview(Resource main, String key, String value) {
    return lab.engine.previewCreate("Branch", "dev", Lab.child(main).put(key, value).build());
  }

  @Test
  void aParentThatIsMadeByTheSameUpdateHasNoPast() {
    var wanted =
        Props.builder()
            .put("project", Value.Unknown.VALUE)
            .put("name", "dev")
            .put("parent", Value.Unknown.VALUE)
            .put("parentTimestamp", "2020-01-01T00:00:00Z")
            .build();
    assertThatThrownBy(() -> lab.engine.previewCreate("Branch", "dev", wanted))
        .hasMessageContaining("parentTimestamp is '2020-01-01T00:00:00Z'")
        .hasMessageContaining("leave parentTimestamp out");
  }

  @Test
  void anEndpointThatCannotRunIsSaidInAPreview() {
    var main = lab.root();
    var server = lab.engine.create("Endpoint", "main", inside(main).build());
    lab.configure();
    var pooled = inside(main).put("branch", Value.Unknown.VALUE).put("pooler", true).build();
    var changed = server.inputs().toBuilder().put("pooler", true).build();

    assertThatThrownBy(() -> lab.engine.previewCreate("Endpoint", "dev", pooled))
        .hasMessageContaining("a connection pooler is not available on this runtime");
    assertThatThrownBy(() -> lab.engine.previewUpdate(server, changed))
        .hasMessageContaining("a connection pooler is not available on this runtime");
    lab.engine.previewCreate("Endpoint", "dev", inside(main).build());
    assertThat(lab.controlPlane.endpoints()).hasSize(1);
  }

  @Test
  void aPreviewDoesNotWaitForAServerThatIsDown() {
    var main = lab.root();
    lab.configure();
    lab.storage.close();

    assertThat(preview(main, "parentLsn", "F/0").get("branchId")).isEqualTo(Value.Unknown.VALUE);
    assertThat(lab.log.told()).isEmpty();
  }

  @Test
  void whatIsDeclaredAndGoneIsSaidWithTheWayToMakeItAgain() {
    var main = lab.root();
    var dev = lab.child(main, "dev");
    var role = lab.engine.create("Role", "app", inside(dev).put("name", "app").build());
    var server = lab.engine.create("Endpoint", "dev", inside(dev).build());
    lab.configure();
    lab.storage.forgetRequests();
    for (var resource : List.of(main, dev, role, server)) {
      lab.engine.diffUnchecked(resource, resource.inputs());
    }
    assertThat(lab.log.told()).isEmpty();
    assertThat(lab.storage.requests()).as("one look for a project").hasSize(1);

    lab.storage.remove(Lab.projectOf(main), Lab.id(dev));
    lab.configure();
    for (var resource : List.of(main, dev, role, server)) {
      lab.engine.diffUnchecked(resource, resource.inputs());
    }
    assertThat(lab.log.told())
        .singleElement()
        .asString()
        .startsWith("WARNING branch 'dev' (" + Lab.id(dev) + ") is declared and does not exist")
        .contains("run pulumi refresh, then pulumi up");
    assertThatThrownBy(() -> lab.engine.update(dev, Lab.child(main).put("name", "other").build()))
        .hasMessageContaining("is gone");
    assertThat(lab.controlPlane.branch(Lab.id(dev)).path("name").asText()).isEqualTo("dev");
  }

  @Test
  void anEndpointThatIsGoneIsSaid() {
    var main = lab.root();
    var server = lab.engine.create("Endpoint", "main", inside(main).build());
    lab.controlPlane.removeEndpoint(server.state().requireText("endpointId"));
    lab.configure();

    lab.engine.diffUnchecked(server, server.inputs());

    assertThat(lab.log.told())
        .singleElement()
        .asString()
        .startsWith("WARNING endpoint 'main' (ep-");
  }

  private static Props.Builder inside(Resource branch) {
    return Props.builder().put("project", Lab.projectOf(branch)).put("branch", Lab.id(branch));
  }

  @Test
  void aSecretInputStaysSecret() {
    var wanted = Props.builder().put("name", new Secret(Value.of("hidden"))).build();
    var project = lab.engine.create("Project", "demo", wanted);

    assertThat(project.state().marked("name")).isEqualTo(new Secret(Value.of("hidden")));
    assertThat(lab.engine.read(project)).contains(project);
  }

  @Test
  void theLocalProcessIsNotStartedByAPreview() {
    try (var engine = new Engine()) {
      engine.configure(Props.builder().put("target", "local").build());
      engine.previewCreate("Project", "demo", Props.builder().put("name", "demo").build());
      var arguments = Props.builder().put("project", Value.Unknown.VALUE).build();
      var answer =
          engine
              .provider()
              .invoke(
                  InvokeRequest.newBuilder()
                      .setTok("neonstack:index:getBranches")
                      .setPreview(true)
                      .setArgs(Structs.struct(arguments))
                      .build());
      assertThat(Structs.props(answer.getReturn()).get("branches")).isEqualTo(Value.Unknown.VALUE);
    }
  }
}
