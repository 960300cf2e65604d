package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.provider.Engine.Resource;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Items;
import dev.neonstack.provider.value.Value.Secret;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.DiffResponse.DiffChanges;

class RoleAndDatabaseTest {
  private final Lab lab = new Lab();
  private final Resource main = lab.root();

  @AfterEach
  void close() {
    lab.close();
  }

  private Props.Builder named(String name) {
    return Props.builder()
        .put("project", Lab.projectOf(main))
        .put("branch", Lab.id(main))
        .put("name", name);
  }

  @Test
  void aDrawnPasswordIsASecretOutput() {
    var role = lab.engine.create("Role", "app", named("app").build());

    assertThat(role.id()).isEqualTo(main.id() + "/app");
    assertThat(role.state().marked("password")).isEqualTo(new Secret(Value.of("drawn-secret")));
    assertThat(lab.engine.read(role)).contains(role);
    assertThat(lab.engine.diff(role, named("app").build()).getChanges())
        .isEqualTo(DiffChanges.DIFF_NONE);
  }

  @Test
  void aGivenPasswordIsSetChangedAndKept() {
    var given = named("app").put("password", new Secret(Value.of("one-secret"))).build();
    var role = lab.engine.create("Role", "app", given);
    assertThat(role.state().marked("password")).isEqualTo(new Secret(Value.of("one-secret")));

    var other = named("app").put("password", new Secret(Value.of("two-secret"))).build();
    var updated = lab.engine.update(role, other);
    assertThat(updated.state().text("password")).contains("two-secret");
    assertThat(lab.engine.diff(updated, named("app").build()).getChanges())
        .isEqualTo(DiffChanges.DIFF_NONE);
  }

  @Test
  void anImportDoesNotShowThePassword() {
    var role = lab.engine.create("Role", "app", named("app").build());
    var imported = lab.engine.importById("Role", "app", role.id()).orElseThrow();

    assertThat(imported.inputs().names()).containsExactlyInAnyOrder("project", "branch", "name");
    assertThat(imported.state().marked("password")).isInstanceOf(Secret.class);
  }

  @Test
  void aDatabaseChangesItsOwnerInPlace() {
    var database = lab.engine.create("Database", "app", named("app").put("owner", "app").build());
    var updated = lab.engine.update(database, named("app").put("owner", "other").build());

    assertThat(updated.state().text("owner")).contains("other");
    assertThat(lab.engine.read(updated)).contains(updated);
  }

  @Test
  void aNewNameIsARenameThatMayBeRepeated() {
    var role = lab.engine.create("Role", "app", named("app").build());
    var wanted = named("owner").build();
    var renamed = lab.engine.update(role, wanted);

    assertThat(renamed.state().text("name")).contains("owner");
    assertThat(renamed.state().get("password")).isEqualTo(role.state().get("password"));
    assertThat(lab.engine.read(renamed)).contains(renamed);
    assertThat(lab.engine.importById("Role", "app", main.id() + "/app")).isEmpty();
    // An update that was cut off after the rename is made again from the old state.
    assertThat(lab.engine.update(role, wanted)).isEqualTo(renamed);

    lab.engine.delete(renamed);
    assertThat(lab.engine.read(renamed)).isEmpty();
  }

  @Test
  void aDatabaseIsNotRenamedToOneThatExistsNorFromOneThatIsGone() {
    var one = lab.engine.create("Database", "one", named("one").put("owner", "app").build());
    var two = lab.engine.create("Database", "two", named("two").put("owner", "app").build());

    assertThatThrownBy(() -> lab.engine.update(one, named("two").put("owner", "app").build()))
        .hasMessageContaining("of that name");
    lab.engine.delete(one);
    assertThatThrownBy(() -> lab.engine.update(one, named("three").put("owner", "app").build()))
        .hasMessageContaining("database 'one' is gone");
    assertThat(lab.engine.read(two)).contains(two);
  }

  @Test
  void whatIsMadeTakesOverWhatHasAFormerName() {
    lab.engine.create("Role", "old", named("old").build());
    var former = new Items(List.of(Value.of("older"), Value.of("old")));
    var role = lab.engine.create("Role", "app", named("app").put("renamedFrom", former).build());

    assertThat(lab.engine.importById("Role", "old", main.id() + "/old")).isEmpty();
    assertThat(lab.engine.read(role).orElseThrow().state().text("name")).contains("app");
    // Once it has its name, another one of a former name is none of its business.
    lab.engine.create("Role", "old", named("old").build());
    lab.engine.create("Role", "app", named("app").put("renamedFrom", former).build());
    assertThat(lab.engine.importById("Role", "old", main.id() + "/old")).isPresent();
  }

  @Test
  void whatIsGoneWithItsBranchIsDeleted() {
    var role = lab.engine.create("Role", "app", named("app").build());
    var database = lab.engine.create("Database", "app", named("app").put("owner", "app").build());
    lab.engine.delete(main);
    lab.engine.delete(database);
    lab.engine.delete(role);

    assertThat(lab.engine.read(role)).isEmpty();
    assertThat(lab.engine.read(database)).isEmpty();
  }
}
