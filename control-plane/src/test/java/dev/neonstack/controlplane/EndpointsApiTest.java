package dev.neonstack.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.problem.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsApiTest {
  @TempDir private Path directory;
  private ApiFixture api;
  private String project;
  private String branch;
  private String id;
  private String endpoint;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
    var made = api.project();
    project = "/api/v2/projects/" + made.text("/project/id");
    branch = made.text("/branch/id");
    id = made.text("/endpoints/0/id");
    endpoint = project + "/endpoints/" + id;
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private ApiFixture.Answer create(String more) {
    return api.call(
        "POST", project + "/endpoints", "{'endpoint':{'branch_id':'" + branch + "'" + more + "}}");
  }

  @Test
  void aSecondReadWriteEndpointIsAConflictThatNamesTheFirst() {
    var refused = create(",'type':'read_write'");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/message")).contains(id, "'main'");
  }

  private ApiFixture.Answer check(String endpoint) {
    return api.call(
        "POST",
        project.replace("/api/v2", "/neonstack/v1") + "/endpoints/check",
        "{'endpoint':{" + endpoint + "}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        ",'type':'read_only' | 422",
        ",'type':'both' | 400",
        ",'pooler_enabled':true | 422",
        ",'suspend_timeout_seconds':-2 | 400",
        ",'suspend_timeout_seconds':604801 | 400",
        ",'autoscaling_limit_min_cu':4,'autoscaling_limit_max_cu':2 | 400",
        ",'settings':{'pg_settings':{'port':'1'}} | 422",
        ",'settings':{'pg_settings':{'Wal_Level':'minimal','max_wal_senders':'0'}} | 422",
        ",'settings':{'pg_settings':{'include':'/etc/passwd'}} | 422",
        ",'settings':{'pg_settings':{'work mem':'1'}} | 422",
        ",'settings':{'pg_settings':{'work_mem':'banana'}} | 422",
        ",'settings':{'pg_settings':{'work_mem':null}} | 400",
        ",'settings':{'pg_settings':{'work_mem':{'a':1}}} | 400"
      })
  void whatThisRuntimeCannotGiveIsRefused(String more, int status) {
    api.call("DELETE", endpoint);

    var refused = create(more);

    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.text("/message")).isNotEmpty();
    assertThat(api.call("GET", project + "/endpoints").json().at("/endpoints")).isEmpty();
    var foreseen = check("'name':'a'" + more);
    assertThat(foreseen.status()).isEqualTo(status);
    assertThat(foreseen.text("/message")).isEqualTo(refused.text("/message"));
    assertThat(check("'name':'a'").status()).isEqualTo(200);
  }

  @Test
  void itIsSuspendedStartedAndRestartedAndKeepsItsPort() {
    var port = api.call("GET", endpoint).text("/endpoint/port");

    assertThat(api.call("POST", endpoint + "/suspend").text("/endpoint/current_state"))
        .isEqualTo("idle");
    assertThat(api.runtime().running(id)).isEmpty();
    assertThat(api.call("POST", endpoint + "/start").text("/endpoint/current_state"))
        .isEqualTo("active");
    assertThat(api.call("POST", endpoint + "/restart").text("/operations/0/status"))
        .isEqualTo("finished");

    assertThat(api.runtime().calls())
        .containsExactly("start " + id, "stop " + id, "start " + id, "stop " + id, "start " + id);
    assertThat(api.call("GET", endpoint).text("/endpoint/port")).isEqualTo(port);
  }

  @Test
  void fiftyStartsAtOnceStartItOnce() {
    api.call("POST", endpoint + "/suspend");
    var before = api.runtime().calls().size();
    var gate = new CountDownLatch(1);
    api.runtime().holdAt(gate);
    var threads = Executors.newFixedThreadPool(50);
    try {
      var starts =
          IntStream.range(0, 50)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> api.call("POST", endpoint + "/start"), threads))
              .toList();
      gate.countDown();

      assertThat(starts).allMatch(start -> start.join().status() == 200);
      assertThat(api.runtime().calls().subList(before, api.runtime().calls().size()))
          .containsExactly("start " + id);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void waitingForAStartHoldsUpNobodyElse() {
    api.call("POST", endpoint + "/suspend");
    var gate = new CountDownLatch(1);
    api.runtime().holdAt(gate);
    var threads = Executors.newFixedThreadPool(40);
    try {
      var starts =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> api.call("POST", endpoint + "/start"), threads))
              .toList();

      assertThat(api.call("GET", project).status()).isEqualTo(200);
      assertThat(starts).noneMatch(CompletableFuture::isDone);
      gate.countDown();
      starts.forEach(CompletableFuture::join);
    } finally {
      gate.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void newSettingsRestartOneThatRunsAndOtherChangesDoNot() {
    api.call("PATCH", endpoint, "{'endpoint':{'name':'primary','suspend_timeout_seconds':300}}");
    assertThat(api.runtime().calls()).containsExactly("start " + id);

    var changed =
        api.call("PATCH", endpoint, "{'endpoint':{'settings':{'pg_settings':{'work_mem':'8MB'}}}}");

    assertThat(changed.text("/endpoint/name")).isEqualTo("primary");
    assertThat(api.runtime().running(id).orElseThrow().settings()).containsEntry("work_mem", "8MB");
    assertThat(api.runtime().calls()).containsExactly("start " + id, "stop " + id, "start " + id);
  }

  @Test
  void settingsThatPostgresRefusesStopNothingAndAreNotKept() {
    var refused =
        api.call(
            "PATCH", endpoint, "{'endpoint':{'settings':{'pg_settings':{'work_mem':'banana'}}}}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/message")).contains("work_mem", "invalid value");
    assertThat(api.runtime().calls()).containsExactly("start " + id);
    assertThat(api.call("GET", endpoint).json().at("/endpoint/settings/pg_settings")).isEmpty();
    assertThat(api.call("GET", project + "/operations").json().at("/operations")).hasSize(2);
  }

  @Test
  void settingsWithWhichItDoesNotComeUpAreTakenBack() {
    api.runtime().failWith(Optional.of(Problem.failed("out of slots", null)));

    var failed =
        api.call("PATCH", endpoint, "{'endpoint':{'settings':{'pg_settings':{'work_mem':'8MB'}}}}");
    api.runtime().failWith(Optional.empty());

    assertThat(failed.status()).isEqualTo(500);
    assertThat(api.call("GET", endpoint).json().at("/endpoint/settings/pg_settings")).isEmpty();
    assertThat(api.call("POST", endpoint + "/start").status()).isEqualTo(200);
    assertThat(api.runtime().running(id).orElseThrow().settings()).isEmpty();
  }

  @Test
  void oneThatDiedIsStartedAgainWithoutBeingAskedFor() throws Exception {
    api.runtime().failWith(Optional.of(Problem.failed("no space left", null)));
    api.runtime().kill(id);

    assertThat(api.call("GET", endpoint).text("/endpoint/current_state")).isEqualTo("idle");
    assertThat(api.call("GET", endpoint).text("/endpoint/failure")).isNotEmpty();
    until(() -> api.call("GET", endpoint).text("/endpoint/failure").equals("no space left"));
    api.runtime().failWith(Optional.empty());
    until(() -> api.runtime().running(id).isPresent());
    assertThat(api.call("GET", endpoint).json().at("/endpoint").has("failure")).isFalse();
  }

  @Test
  void oneThatWasSuspendedStaysSo() throws Exception {
    api.call("POST", endpoint + "/suspend");
    Thread.sleep(1_500);

    assertThat(api.runtime().running(id)).isEmpty();
    assertThat(api.call("GET", endpoint).json().at("/endpoint").has("failure")).isFalse();
  }

  private static void until(BooleanSupplier holds) throws InterruptedException {
    while (!holds.getAsBoolean()) {
      Thread.sleep(20);
    }
  }

  @Test
  void aNewOneThatCannotStartIsTakenAwayAndTheBranchIsFree() {
    api.call("DELETE", endpoint);
    api.runtime().failWith(Optional.of(Problem.failed("no space left", null)));

    var failed = create("");

    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.text("/message")).isEqualTo("no space left");
    api.runtime().failWith(Optional.empty());
    assertThat(create("").status()).isEqualTo(201);
  }

  @Test
  void whatARuntimeQuotesOfAPasswordIsHidden() {
    var path = project + "/branches/" + branch + "/roles/neondb_owner/reveal_password";
    var password = api.call("GET", path).text("/password");
    api.call("POST", endpoint + "/suspend");
    api.runtime().failWith(Optional.of(Problem.failed("syntax error near " + password, null)));

    var failed = api.call("POST", endpoint + "/start");

    assertThat(failed.text("/message")).isEqualTo("syntax error near (hidden)");
    assertThat(api.call("GET", project + "/operations").json().toString()).doesNotContain(password);
  }

  @Test
  void aDeletedOneIsGone() {
    assertThat(api.call("DELETE", endpoint).status()).isEqualTo(200);

    assertThat(api.call("GET", endpoint).status()).isEqualTo(404);
    assertThat(api.call("POST", endpoint + "/start").status()).isEqualTo(404);
    assertThat(api.runtime().running(id)).isEmpty();
  }

  @Test
  void theConnectionStringLeadsToIt() {
    var uri = project + "/connection_uri?database_name=neondb&role_name=neondb_owner&branch_id=";
    var port = api.call("GET", endpoint).text("/endpoint/port");

    assertThat(api.call("GET", uri + branch).text("/uri"))
        .startsWith("postgresql://neondb_owner:")
        .endsWith("@127.0.0.1:" + port + "/neondb");
    assertThat(api.call("GET", uri + branch + "&pooled=true").status()).isEqualTo(422);
    assertThat(api.call("GET", project + "/connection_uri?branch_id=" + branch).status())
        .isEqualTo(400);
    assertThat(api.call("GET", uri.replace("neondb&", "none&") + branch).text("/code"))
        .isEqualTo("DATABASE_NOT_FOUND");
    api.call("DELETE", endpoint);
    assertThat(api.call("GET", uri + branch).text("/code")).isEqualTo("ENDPOINT_NOT_FOUND");
  }
}
