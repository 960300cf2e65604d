package dev.neonstack.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsApiTest {
  @TempDir private Path directory;
  private ApiFixture api;
  private TenantId project;
  private TimelineId branch;
  private String id;
  private String endpoint;
  private String roles;
  private String databases;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
    var made = api.project();
    var path = "/api/v2/projects/" + made.text("/project/id");
    project = TenantId.of(made.text("/project/id"));
    branch = TimelineId.of(made.text("/branch/id"));
    id = made.text("/endpoints/0/id");
    endpoint = path + "/endpoints/" + id;
    roles = path + "/branches/" + made.text("/branch/id") + "/roles";
    databases = path + "/branches/" + made.text("/branch/id") + "/databases";
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
    assertThat(verifier()).startsWith("SCRAM-SHA-256$4096:").doesNotContain(password);
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
    return api.runtime().change(project, branch, List.of()).roles().stream()
        .filter(role -> role.name().equals("app"))
        .findFirst()
        .flatMap(Inventory.Role::verifier)
        .orElseThrow();
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
      strings = {
        "postgres",
        "cloud_admin",
        "neon_superuser",
        "Public",
        "none",
        "pg_read_all_data",
        ""
      })
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

  @Test
  void whatSqlDoesIsTakenOverAndNeverUndone() {
    api.runtime().sql(branch, AccountChange.putRole("neondb_owner", "SCRAM-SHA-256$by-sql"));
    api.runtime().sql(branch, AccountChange.putRole("by_sql", "SCRAM-SHA-256$its-own"));
    api.runtime().sql(branch, AccountChange.dropDatabase("neondb"));
    api.runtime().sql(branch, AccountChange.putDatabase("renamed", "by_sql"));
    role("app");
    api.call("POST", endpoint + "/restart");

    assertThat(api.runtime().contents(id))
        .containsExactlyInAnyOrder(
            "role app", "role by_sql", "role neondb_owner", "database renamed");
    assertThat(api.call("GET", databases).text("/databases/0/name")).isEqualTo("renamed");
    assertThat(api.call("GET", roles).json().at("/roles")).hasSize(3);
    assertThat(api.call("GET", databases + "/neondb").status()).isEqualTo(404);
    assertThat(api.runtime().change(project, branch, List.of()).roles())
        .extracting(Inventory.Role::verifier)
        .contains(Optional.of("SCRAM-SHA-256$by-sql"));
  }

  @Test
  void aPasswordThatSqlSetIsNotGuessed() {
    api.runtime().sql(branch, AccountChange.putRole("neondb_owner", "SCRAM-SHA-256$by-sql"));

    var unknown = api.call("GET", roles + "/neondb_owner/reveal_password");
    var uri = api.call("GET", uri("neondb_owner", "neondb"));

    assertThat(unknown.status()).isEqualTo(412);
    assertThat(unknown.text("/message")).contains("neondb_owner", "set by SQL", "reset it");
    assertThat(uri.text("/uri")).startsWith("postgresql://neondb_owner@127.0.0.1:");
    api.call("POST", roles + "/neondb_owner/reset_password");
    assertThat(api.call("GET", uri("neondb_owner", "neondb")).text("/uri"))
        .startsWith("postgresql://neondb_owner:");
  }

  private String uri(String role, String database) {
    return "/api/v2/projects/%s/connection_uri?role_name=%s&database_name=%s"
        .formatted(project, role, database);
  }

  @Test
  void whatPostgresRefusesIsAnsweredAndNotRecorded() {
    api.runtime().refuseWith(Optional.of(Problem.conflict("a prepared transaction uses it")));

    var refused = api.call("DELETE", databases + "/neondb");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/message")).isEqualTo("a prepared transaction uses it");
    assertThat(api.call("GET", databases + "/neondb").status()).isEqualTo(200);
    api.runtime().refuseWith(Optional.empty());
    assertThat(role("app").status()).isEqualTo(201);
    assertThat(api.call("DELETE", databases + "/neondb").status()).isEqualTo(200);
  }

  @Test
  void aSleepingBranchIsVisitedOnceAndGoesOnSleeping() {
    api.call("POST", endpoint + "/suspend");
    var before = api.runtime().calls().size();

    api.call("GET", roles);
    api.call("GET", databases);
    api.call("GET", uri("neondb_owner", "neondb"));

    assertThat(api.runtime().calls().subList(before, api.runtime().calls().size()))
        .containsExactly("start visit-" + branch, "stop visit-" + branch);
    assertThat(api.call("GET", endpoint).text("/endpoint/current_state")).isEqualTo("idle");
  }

  @Test
  void aRoleMayBeWithoutLoginAndThenHasNoUri() {
    var made = api.call("POST", roles, "{'role':{'name':'grp','no_login':true}}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().at("/role/password").isMissingNode()).isTrue();
    var refused = api.call("GET", uri("grp", "neondb"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/message")).contains("'grp' may not log in");
    assertThat(
            api.call("POST", roles, "{'role':{'name':'b','no_login':true,'password':'12345678'}}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void aDatabaseGetsAnotherNameAndWhatIsNotKnownIsRefused() {
    role("app");
    database("taken", "app");
    var path = databases + "/neondb";

    assertThat(api.call("PATCH", path, "{'database':{'name':'taken'}}").status()).isEqualTo(409);
    assertThat(api.call("PATCH", path, "{'database':{'nmae':'x'}}").status()).isEqualTo(400);
    var changed = api.call("PATCH", path, "{'database':{'name':'shop','owner_name':'app'}}");

    assertThat(changed.text("/database/name")).isEqualTo("shop");
    assertThat(changed.text("/database/owner_name")).isEqualTo("app");
    assertThat(api.call("GET", path).status()).isEqualTo(404);
  }
}
