package dev.neonstack.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectsApiTest {
  private static final String PROJECTS = "/api/v2/projects";

  @TempDir private Path directory;
  private ApiFixture api;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void logicalReplicationIsSwitchedOnForGoodAndRestartsWhatRuns() {
    var made = api.project();
    var project = "/api/v2/projects/" + made.text("/project/id");
    var id = made.text("/endpoints/0/id");
    var on = "{'project':{'settings':{'enable_logical_replication':true}}}";

    assertThat(made.json().at("/project/settings/enable_logical_replication").asBoolean())
        .isFalse();
    var changed = api.call("PATCH", project, on);
    assertThat(changed.json().at("/project/settings/enable_logical_replication").asBoolean())
        .isTrue();
    assertThat(changed.text("/operations/0/action")).isEqualTo("apply_config");
    assertThat(api.runtime().running(id).orElseThrow().logicalReplication()).isTrue();
    assertThat(api.call("PATCH", project, on).json().at("/operations")).isEmpty();
    assertThat(api.runtime().calls()).containsExactly("start " + id, "stop " + id, "start " + id);
    var refused = api.call("PATCH", project, on.replace("true", "false"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/message")).contains("enable_logical_replication");

    api.restart();
    api.call("GET", project + "/endpoints/" + id);
    assertThat(api.runtime().running(id).orElseThrow().logicalReplication()).isTrue();
  }

  @Test
  void aNewProjectHoldsWhatOneNeedsToConnect() {
    var made =
        api.call(
            "POST",
            PROJECTS,
            "{'project':{'name':'demo','pg_version':16,'history_retention_seconds':3600}}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("/project/name")).isEqualTo("demo");
    assertThat(made.text("/branch/name")).isEqualTo("main");
    assertThat(made.json().at("/branch/default").asBoolean()).isTrue();
    assertThat(made.text("/endpoints/0/current_state")).isEqualTo("active");
    assertThat(made.text("/endpoints/0/id")).matches("ep-[a-z]+-[a-z]+-\\d{8}");
    assertThat(made.text("/databases/0/owner_name")).isEqualTo(made.text("/roles/0/name"));
    assertThat(made.text("/connection_uris/0/connection_uri"))
        .startsWith("postgresql://neondb_owner:" + made.text("/roles/0/password") + "@127.0.0.1:")
        .endsWith("/neondb");
    assertThat(made.json().at("/operations")).isNotEmpty();
    assertThat(api.storage().retentionOf(TenantId.of(made.text("/project/id"))))
        .contains(Duration.ofHours(1));
  }

  @Test
  void projectsAreListedPageByPage() {
    api.project();
    var last = api.project().text("/project/id");

    var first = api.call("GET", PROJECTS + "?limit=1");
    var cursor = first.text("/pagination/cursor");
    var second = api.call("GET", PROJECTS + "?limit=1&cursor=" + cursor);

    assertThat(first.json().at("/projects")).hasSize(1);
    assertThat(second.text("/projects/0/id")).isEqualTo(last);
    assertThat(api.call("GET", PROJECTS + "?cursor=nothing").status()).isEqualTo(400);
    assertThat(api.call("GET", PROJECTS + "?limit=0").status()).isEqualTo(400);
  }

  @Test
  void nameAndRetentionChange() {
    var path = PROJECTS + "/" + api.project().text("/project/id");

    var changed =
        api.call("PATCH", path, "{'project':{'name':'new','history_retention_seconds':60}}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(api.call("GET", path).text("/project/name")).isEqualTo("new");
    assertThat(api.call("GET", path).text("/project/history_retention_seconds")).isEqualTo("60");
  }

  @Test
  void aDeletedProjectIsGoneEverywhere() {
    var made = api.project();
    var path = PROJECTS + "/" + made.text("/project/id");

    assertThat(api.call("DELETE", path).status()).isEqualTo(200);

    assertThat(api.call("GET", path).status()).isEqualTo(404);
    assertThat(api.runtime().running(made.text("/endpoints/0/id"))).isEmpty();
    assertThat(api.storage().retentionOf(TenantId.of(made.text("/project/id")))).isEmpty();
  }

  @Test
  void aProjectWithAProtectedBranchIsNotDeleted() {
    var made = api.project();
    var path = PROJECTS + "/" + made.text("/project/id");
    api.call(
        "PATCH", path + "/branches/" + made.text("/branch/id"), "{'branch':{'protected':true}}");

    var refused = api.call("DELETE", path);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/message")).contains("'main'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'project':{'pg_version':13}}",
        "{'project':{'pg_version':'16'}}",
        "{'project':{'name':''}}",
        "{'project':{'history_retention_seconds':-1}}",
        "{'project':{'branch':{'role_name':'cloud_admin'}}}",
        "{'project':{'branch':{'database_name':'postgres'}}}",
        "{'project':[]}",
        "[]",
        "not json"
      })
  void whatCannotBeIsRefusedBeforeStorageIsCalled(String body) {
    api.storage().failWith(Optional.of(Problem.failed("storage was called", null)));

    var refused = api.call("POST", PROJECTS, body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("/message")).isNotEmpty();
    assertThat(api.call("GET", PROJECTS).json().at("/projects")).isEmpty();
  }

  @Test
  void nothingIsLeftOfAProjectThatStorageRefusesOnceItLetsItBeCleared()
      throws InterruptedException {
    api.storage().failWith(Optional.of(Problem.conflict("Failed to schedule shard(s)")));

    var failed = api.project();

    assertThat(failed.status()).isEqualTo(409);
    assertThat(failed.text("/message")).isEqualTo("Failed to schedule shard(s)");
    var left = api.call("GET", PROJECTS).text("/projects/0/id");
    assertThat(api.storage().deletions()).doesNotContain(TenantId.of(left));
    api.storage().failWith(Optional.empty());
    while (!api.call("GET", PROJECTS).json().at("/projects").isEmpty()) {
      Thread.sleep(20);
    }
    assertThat(api.storage().deletions()).contains(TenantId.of(left));
  }

  @Test
  void operationsTellWhatWasDone() {
    var made = api.project();
    var path = PROJECTS + "/" + made.text("/project/id") + "/operations";

    var listed = api.call("GET", path);
    var id = listed.text("/operations/0/id");

    assertThat(listed.json().at("/operations")).hasSize(2);
    assertThat(listed.text("/operations/0/status")).isEqualTo("finished");
    assertThat(api.call("GET", path + "/" + id).text("/operation/id")).isEqualTo(id);
    assertThat(api.call("GET", path + "/none").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/v2/projects/00000000000000000000000000000000,404",
    "GET,/api/v2/projects/not-an-id,400",
    "GET,/api/v2/users/you,404",
    "POST,/api/v2/projects/00000000000000000000000000000000/snapshots,404",
    "PUT,/api/v2/projects,404"
  })
  void whatIsNotThereIsAnsweredInTheShapeOfErrors(String method, String path, int status) {
    var answer = api.call(method, path);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("/message")).isNotEmpty();
    assertThat(answer.text("/code")).isNotEmpty();
    assertThat(answer.text("/request_id")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer wrong", "bearer " + ApiFixture.KEY, ApiFixture.KEY})
  void theKeyIsAskedForEverywhere(String authorization) {
    var given = Optional.of(authorization).filter(text -> !text.isEmpty());

    for (var path : new String[] {PROJECTS, "/neonstack/v1/projects", "/nothing"}) {
      var refused = api.call("GET", path, "", given);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.text("/request_id")).isNotEmpty();
      assertThat(refused.text("/message")).doesNotContain(ApiFixture.KEY);
    }
    assertThat(api.call("DELETE", PROJECTS + "/x", "", given).status()).isEqualTo(401);
  }
}
