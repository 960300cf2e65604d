package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;

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
