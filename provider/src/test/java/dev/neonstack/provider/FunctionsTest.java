package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.provider.Engine.Resource;
import dev.neonstack.provider.fake.FakeStorage;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Fields;
import dev.neonstack.provider.value.Value.Items;
import dev.neonstack.provider.value.Value.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  private final Lab lab = new Lab();
  private final Resource main = lab.root();

  @AfterEach
  void close() {
    lab.close();
  }

  private Props.Builder arguments() {
    return Props.builder().put("project", Lab.projectOf(main)).put("branch", Lab.id(main));
  }

  private Props call(String function, Props arguments) {
    return Structs.props(lab.engine.invoke(function, arguments).getReturn());
  }

  @Test
  void getBranchTellsWhatChangesByItself() {
    var branch = call("getBranch", arguments().build());

    assertThat(branch.text("lsn")).contains(FakeStorage.START.plus(800).toString());
    assertThat(branch.text("name")).contains("main");
    assertThat(branch.text("state")).contains("Active");
    assertThat(branch.has("parent")).isFalse();
  }

  @Test
  void getBranchesListsParentsFirstAndArchivedOnes() {
    lab.engine.create("Branch", "dev", Lab.child(main).put("archived", true).build());
    var branches =
        (Items) call("getBranches", arguments().remove("branch").build()).get("branches");

    assertThat(branches.values())
        .extracting(one -> ((Fields) one).values().get("name"))
        .containsExactly(Value.of("main"), Value.of("dev"));
    assertThat(((Fields) branches.values().get(1)).values().get("archived"))
        .isEqualTo(Value.of(true));
  }

  @Test
  void aConnectionUriIsSecret() {
    var uri =
        call("getConnectionUri", arguments().put("database", "app").put("role", "app").build());
    assertThat(uri.marked("uri"))
        .isEqualTo(new Secret(Value.of("postgresql://app:drawn-secret@127.0.0.1/app")));
  }

  @Test
  void lsnAtAnswersOnlyWhatIsReadable() {
    var arguments = arguments().put("timestamp", "2026-01-01T00:00:00Z").build();
    assertThat(call("lsnAt", arguments).text("kind")).contains("present");
    lab.storage.answerTimestamps("past");
    assertThatThrownBy(() -> call("lsnAt", arguments)).hasMessageContaining("lies before");
  }

  @Test
  void wrongArgumentsAreNamed() {
    var answer = lab.engine.invoke("getBranch", Props.builder().put("project", "x").build());
    assertThat(answer.getFailuresList()).hasSize(2);
  }
}
