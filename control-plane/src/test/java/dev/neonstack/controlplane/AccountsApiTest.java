package dev.neonstack.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsApiTest {
  @TempDir private Path directory;
  private ApiFixture api;
  private String id;
  private String endpoint;
  private String roles;
  private String databases;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
    var made = api.project();
    var project = "/api/v2/projects/" + made.text("/project/id");
    id = made.text("/endpoints/0/id");
    endpoint = project + "/endpoints/" + id;
    roles = project + "/branches/" + made.text("/branch/id") + "/roles";
    databases = project + "/branches/" + made.text("/branch/id") + "/databases";
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private ApiFixture.Answer role(String name) {
    return api.call("POST", roles, "{'role':{'name':'" + name + "'}}");
  }

  private ApiFixture.Answer database(String name, String owner) {
    return api.call(
        "POST", databases, "{'database':{'name':'" + name + "','owner_name':'" + owner + "'}}");
  }

  @Test
  void aRoleReachesARunningPostgresAtOnceAndOnlyAsAVerifier() {
    var made = role("app");

    assertThat(made.status()).isEqualTo(201);
    var password = made.text("/role/password");
    assertThat(password).matches("[A-Za-z0-9_-]{24,}");
    assertThat(api.runtime().contents(id)).contains("role app");
    assertThat(api.runtime().running(id).orElseThrow().roles())
        .filteredOn(role -> role.name().equals("app"))
        .singleElement()
        .satisfies(role -> assertThat(role.scramVerifier()).startsWith("SCRAM-SHA-256$4096:"))
        .satisfies(role -> assertThat(role.scramVerifier()).doesNotContain(password));
    assertThat(api.call("GET", roles + "/app/reveal_password").text("/password"))
        .isEqualTo(password);
    assertThat(api.call("GET", roles + "/app").json().toString()).doesNotContain(password);
    assertThat(api.call("GET", roles).json().toString()).doesNotContain(password);
    assertThat(role("app").status()).isEqualTo(409);
  }

  @Test
  void aGivenPasswordIsKeptAndAResetDrawsAnother() {
    api.call("POST", roles, "{'role':{'name':'app','password':'given-password'}}");
    assertThat(api.call("GET", roles + "/app/reveal_password").text("/password"))
        .isEqualTo("given-password");
    var verifier = verifier();

    var reset = api.call("POST", roles + "/app/reset_password");

    assertThat(reset.text("/role/password")).isNotEqualTo("given-password").hasSize(32);
    assertThat(verifier()).isNotEqualTo(verifier);
    assertThat(api.call("POST", roles + "/none/reset_password").text("/code"))
        .isEqualTo("ROLE_NOT_FOUND");
  }

  private String verifier() {
    return api.runtime().running(id).orElseThrow().roles().stream()
        .filter(role -> role.name().equals("app"))
        .findFirst()
        .orElseThrow()
        .scramVerifier();
  }

  @Test
  void whatChangesWhileItSleepsIsThereAtTheNextStart() {
    role("old");
    database("olddb", "old");
    api.call("POST", endpoint + "/suspend");
    role("app");
    database("appdb", "app");
    api.call("DELETE", databases + "/olddb");
    api.call("DELETE", roles + "/old");

    api.call("POST", endpoint + "/start");

    assertThat(api.runtime().contents(id))
        .containsExactlyInAnyOrder(
            "role neondb_owner", "database neondb", "role app", "database appdb");
  }

  @Test
  void aRoleThatOwnsDatabasesIsNotDropped() {
    role("app");
    database("appdb", "app");

    var refused = api.call("DELETE", roles + "/app");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/message")).contains("appdb");
    api.call("DELETE", databases + "/appdb");
    assertThat(api.call("DELETE", roles + "/app").status()).isEqualTo(200);
    assertThat(api.runtime().contents(id)).doesNotContain("role app", "database appdb");
    assertThat(api.call("DELETE", roles + "/app").status()).isEqualTo(404);
  }

  @Test
  void aDatabaseHasAnOwnerThatCanChange() {
    role("app");
    var made = database("appdb", "neondb_owner");

    assertThat(made.status()).isEqualTo(201);
    assertThat(database("appdb", "app").status()).isEqualTo(409);
    assertThat(database("other", "nobody").text("/code")).isEqualTo("ROLE_NOT_FOUND");
    api.call("PATCH", databases + "/appdb", "{'database':{'owner_name':'app'}}");
    assertThat(api.call("GET", databases + "/appdb").text("/database/owner_name")).isEqualTo("app");
    assertThat(api.call("GET", databases).json().at("/databases")).hasSize(2);
    assertThat(api.call("GET", databases + "/none").text("/code")).isEqualTo("DATABASE_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cloud_admin", "neon_superuser", "Public", "none", "pg_read_all_data", ""})
  void reservedNamesOfRolesAreRefused(String name) {
    assertThat(role(name).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "template0", "template1", "", "a\\u0000b"})
  void reservedNamesOfDatabasesAreRefused(String name) {
    assertThat(database(name, "neondb_owner").status()).isEqualTo(400);
  }

  @Test
  void aNameThatPostgresWouldCutIsRefused() {
    assertThat(role("x".repeat(63)).status()).isEqualTo(201);
    assertThat(role("x".repeat(64)).status()).isEqualTo(400);
  }

  @Test
  void aPasswordThatIsRefusedIsNotQuoted() {
    var refused = api.call("POST", roles, "{'role':{'name':'app','password':'hunter2'}}");
    var broken = api.call("POST", roles, "{'role':{'name':'app','password': hunter2hunter2}}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("/message")).doesNotContain("hunter2");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.text("/message")).doesNotContain("hunter2");
  }
}
