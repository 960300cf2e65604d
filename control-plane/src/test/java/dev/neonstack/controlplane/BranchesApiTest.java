package dev.neonstack.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BranchesApiTest {
  private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");

  @TempDir private Path directory;
  private ApiFixture api;
  private String branches;
  private TimelineId main;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
    var made = api.project();
    branches = "/api/v2/projects/" + made.text("/project/id") + "/branches";
    main = TimelineId.of(made.text("/branch/id"));
    api.storage().commit(main, NINE, "0/2000000");
    api.storage().commit(main, NINE.plusSeconds(3600), "0/3000000");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private ApiFixture.Answer create(String branch) {
    return api.call("POST", branches, "{'branch':{" + branch + "}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'name':'a' | 0/3000000",
        "'parent_lsn':'0/2000000' | 0/2000000",
        "'parent_lsn':'0/1ffffff' | 0/2000000",
        "'parent_timestamp':'2026-01-01T09:30:00Z' | 0/2000000",
        "'parent_timestamp':'2026-01-01T12:30:00+02:00' | 0/3000000"
      },
      quoteCharacter = '"')
  void aBranchStartsWhereItWasAsked(String body, String start) {
    var made = create(body);

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("/branch/parent_id")).isEqualTo(main.value());
    assertThat(made.text("/branch/parent_lsn")).isEqualTo(start);
    assertThat(api.storage().startOf(TimelineId.of(made.text("/branch/id"))))
        .contains(Lsn.parse(start));
    assertThat(made.text("/branch/current_state")).isEqualTo("ready");
    assertThat(made.text("/operations/0/status")).isEqualTo("finished");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'parent_lsn':'0/3000010' | 422",
        "'parent_lsn':'0/10' | 422",
        "'parent_lsn':'garbage' | 400",
        "'parent_lsm':'0/2000000' | 400",
        "'parent_lsn':'0/2000000','parent_timestamp':'2026-01-01T09:30:00Z' | 400",
        "'parent_timestamp':'2025-01-01T09:30:00Z' | 422",
        "'parent_timestamp':'2999-01-01T09:30:00Z' | 422",
        "'parent_timestamp':'yesterday' | 400",
        "'parent_id':'nothex' | 400",
        "'parent_id':'00000000000000000000000000000000' | 404",
        "'name':'main' | 409",
        "'name':'  ' | 400",
        "'expires_at':'2020-01-01T00:00:00Z' | 422",
        "'protected':true,'expires_at':'2999-01-01T00:00:00Z' | 422",
        "'protected':'yes' | 400"
      },
      quoteCharacter = '"')
  void aBranchThatCannotBeMadeLeavesNothing(String body, int status) {
    assertThat(create(body).status()).isEqualTo(status);
    assertThat(api.call("GET", branches).json().at("/branches")).hasSize(1);
  }

  @Test
  void aBranchHasItsParentsRolesAndDatabasesAndEndpointsOfItsOwn() {
    var made =
        api.call("POST", branches, "{'branch':{'name':'a'},'endpoints':[{'type':'read_write'}]}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("/endpoints/0/branch_id")).isEqualTo(made.text("/branch/id"));
    assertThat(made.text("/roles/0/name")).isEqualTo("neondb_owner");
    assertThat(api.runtime().contents(made.text("/endpoints/0/id")))
        .containsExactlyInAnyOrder("role neondb_owner", "database neondb");
    assertThat(made.json().at("/databases/0/id").asLong())
        .isNotEqualTo(
            api.call("GET", branches + "/" + main + "/databases")
                .json()
                .at("/databases/0/id")
                .asLong());
  }

  @Test
  void whatABranchHoldsAtTheHeadIsToldByItsParent() {
    var first = create("'name':'a'");
    var before = api.runtime().calls();

    var made = create("'name':'b'");

    assertThat(made.text("/roles/0/name")).isEqualTo("neondb_owner");
    assertThat(made.text("/roles/0/password")).isEqualTo(first.text("/roles/0/password"));
    assertThat(made.text("/databases/0/name")).isEqualTo("neondb");
    assertThat(made.json().at("/databases/0/id")).isNotEqualTo(first.json().at("/databases/0/id"));
    assertThat(api.runtime().calls()).isEqualTo(before);
  }

  @Test
  void whatSqlMakesWhileABranchIsMadeIsToldByTheBranchItself() {
    var server = "{'endpoint':{'branch_id':'" + main + "','type':'read_write'}}";
    api.call("POST", branches.replace("/branches", "/endpoints"), server);
    var made = new AtomicInteger();
    api.storage()
        .beforeRange(
            () -> {
              var number = made.incrementAndGet();
              api.runtime().sql(main, AccountChange.putGroup("late" + number));
              api.storage().commit(main, NINE.plusSeconds(3600 + number), "0/30000" + number + "0");
            });

    var child = create("'name':'a'");

    assertThat(child.json().at("/roles").findValuesAsText("name"))
        .hasSize(1 + made.get())
        .contains("late" + made.get());
  }

  @Test
  void nameProtectionAndExpiryChange() {
    var path = branches + "/" + create("'name':'a'").text("/branch/id");

    var changed =
        api.call("PATCH", path, "{'branch':{'name':'b','expires_at':'2999-01-01T00:00:00Z'}}");

    assertThat(changed.text("/branch/name")).isEqualTo("b");
    assertThat(api.call("GET", path).text("/branch/expires_at")).startsWith("2999");
    api.call("PATCH", path, "{'branch':{'expires_at':null}}");
    assertThat(api.call("GET", path).json().at("/branch").has("expires_at")).isFalse();
    assertThat(api.call("PATCH", path, "{'branch':{'name':'main'}}").status()).isEqualTo(409);
  }

  @Test
  void aBranchWithChildrenIsNotDeletedAndTheyAreNamed() {
    var child = create("'name':'child'");

    var refused = api.call("DELETE", branches + "/" + main);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/message")).contains("'child'", child.text("/branch/id"));
    assertThat(api.storage().holds(main)).isTrue();
  }

  @Test
  void aProtectedBranchIsNotDeleted() {
    var path = branches + "/" + create("'name':'keep','protected':true").text("/branch/id");

    assertThat(api.call("DELETE", path).text("/message")).contains("'keep'", "protected");
    assertThat(api.call("GET", path).status()).isEqualTo(200);
  }

  @Test
  void theDefaultBranchStaysUntilAnotherIsTheDefaultOne() {
    var path = branches + "/" + main;
    var only = api.call("DELETE", path);
    assertThat(only.status()).isEqualTo(409);
    assertThat(only.text("/message")).contains("only one", "'demo'");

    var other = branches + "/" + idOf("'name':'a','parent_id':'" + main + "'");
    var refused = api.call("DELETE", path);
    assertThat(refused.status()).isEqualTo(409);

    var moved = api.call("POST", other + "/set_as_default");
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.json().at("/branch/default").asBoolean()).isTrue();
    assertThat(api.call("DELETE", other).text("/message")).contains("default", "set_as_default");
    assertThat(api.call("GET", path).json().at("/branch/default").asBoolean()).isFalse();
    api.call("POST", path + "/set_as_default");
    assertThat(api.call("DELETE", other).status()).isEqualTo(200);
  }

  private String idOf(String body) {
    return create(body).text("/branch/id");
  }

  @Test
  void theDefaultBranchDoesNotExpireAndWhatExpiresIsNotTheDefaultOne() {
    var expires = "'expires_at':'2999-01-01T00:00:00Z'";
    var refused = api.call("PATCH", branches + "/" + main, "{'branch':{" + expires + "}}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/message")).contains("default", "2999");

    var other = branches + "/" + idOf("'name':'a'," + expires);
    assertThat(api.call("POST", other + "/set_as_default").status()).isEqualTo(422);
  }

  @Test
  void anExpiryThatHasPassedIsRefusedAndTheBranchStays() {
    var id = idOf("'name':'a'");

    var refused =
        api.call("PATCH", branches + "/" + id, "{'branch':{'expires_at':'2026-01-01T00:00:00Z'}}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/message")).contains("2026-01-01T00:00:00Z", "deleted at once");
    assertThat(api.storage().holds(TimelineId.of(id))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"feature/ABC-1", "a b", "ünï–😀", "%2F?&#", "1", "-x", ".."})
  void aBranchIsCalledWhatPeopleLike(String name) {
    assertThat(create("'name':'" + name + "'").text("/branch/name")).isEqualTo(name);
  }

  @Test
  void aRepeatWithTheSameNameAndStartGivesWhatIsThere() {
    var made = create("'name':'a'");
    var again = create("'name':'a'");

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text("/branch/id")).isEqualTo(made.text("/branch/id"));
    var other = "'name':'a','parent_id':'" + made.text("/branch/id") + "'";
    assertThat(create(other).status()).isEqualTo(409);
    assertThat(api.call("GET", branches).json().at("/branches")).hasSize(2);
  }

  @Test
  void aBranchWhoseEndpointDoesNotStartIsThereAndSaysSoAndARepeatFinishesIt() {
    var body = "{'branch':{'name':'a'},'endpoints':[{'type':'read_write'}]}";
    api.runtime().failWith(Optional.of(Problem.failed("no space left", null)));
    var failed = api.call("POST", branches, body);

    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.text("/message")).contains("branch 'a'", "is made", "no space left");
    api.runtime().failWith(Optional.empty());
    var repeated = api.call("POST", branches, body);
    assertThat(repeated.status()).isEqualTo(201);
    assertThat(repeated.text("/endpoints/0/current_state")).isEqualTo("active");
    var third = api.call("POST", branches, body);
    assertThat(third.text("/endpoints/0/id")).isEqualTo(repeated.text("/endpoints/0/id"));
    assertThat(api.call("GET", branches).json().at("/branches")).hasSize(2);
  }

  @Test
  void aNameHasUpTo256Characters() {
    assertThat(create("'name':'" + "ü".repeat(256) + "'").status()).isEqualTo(201);
    var refused = create("'name':'" + "x".repeat(257) + "'");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("/message")).contains("256 characters");
    assertThat(create("'name':'a\\u0007b'").status()).isEqualTo(400);
  }

  @Test
  void aDeletedBranchTakesItsEndpointAlong() {
    var made = api.call("POST", branches, "{'branch':{'name':'a'},'endpoints':[{}]}");
    var path = branches + "/" + made.text("/branch/id");

    assertThat(api.call("DELETE", path).status()).isEqualTo(200);

    assertThat(api.call("GET", path).status()).isEqualTo(404);
    assertThat(api.call("DELETE", path).status()).isEqualTo(404);
    assertThat(api.storage().holds(TimelineId.of(made.text("/branch/id")))).isFalse();
    assertThat(api.runtime().running(made.text("/endpoints/0/id"))).isEmpty();
  }

  @Test
  void aBranchWhoseStorageRefusesDeletionGoesOn() {
    var made = api.call("POST", branches, "{'branch':{'name':'a'},'endpoints':[{}]}");
    var path = branches + "/" + made.text("/branch/id");
    api.storage().failWith(Optional.of(Problem.refused("a child nobody knew")));

    assertThat(api.call("DELETE", path).status()).isEqualTo(409);

    assertThat(api.call("GET", path).status()).isEqualTo(200);
    var endpoint = branches.replace("/branches", "/endpoints/") + made.text("/endpoints/0/id");
    assertThat(api.call("POST", endpoint + "/start").text("/endpoint/current_state"))
        .isEqualTo("active");
  }

  @Test
  void aCreateWhoseOutcomeIsUnknownIsFinishedLaterWithTheSameId() throws InterruptedException {
    api.storage().loseAnswers(Optional.of(Problem.unavailable("no answer", null)));
    assertThat(create("'name':'a','parent_lsn':'0/2000000'").status()).isEqualTo(503);
    var begun = api.call("GET", branches).json().at("/branches/1");
    assertThat(begun.at("/current_state").asText()).isEqualTo("init");
    api.storage().loseAnswers(Optional.empty());

    var path = branches + "/" + begun.at("/id").asText();
    while (!api.call("GET", path).text("/branch/current_state").equals("ready")) {
      Thread.sleep(20);
    }
    assertThat(api.call("GET", branches).json().at("/branches")).hasSize(2);
  }

  @Test
  void whatAFailedCreateMadeInStorageIsTakenAway() {
    api.storage().loseAnswers(Optional.of(Problem.failed("no quorum", null)));
    var before = api.storage().count();

    assertThat(create("'name':'a'").status()).isEqualTo(500);

    assertThat(api.storage().count()).isEqualTo(before);
    assertThat(api.call("GET", branches).json().at("/branches")).hasSize(1);
  }

  @Test
  void aDeletionThatStorageDidNotAnswerIsFinishedLater() throws InterruptedException {
    var path = branches + "/" + create("'name':'a'").text("/branch/id");
    api.storage().failWith(Optional.of(Problem.unavailable("no answer", null)));
    assertThat(api.call("DELETE", path).status()).isEqualTo(503);
    assertThat(api.call("PATCH", path, "{'branch':{'name':'b'}}").status()).isEqualTo(423);
    api.storage().failWith(Optional.empty());

    while (api.call("GET", path).status() != 404) {
      Thread.sleep(20);
    }
  }

  @Test
  void anExpiredBranchGoesAndAnExpiredParentStaysWhileItHasAChild() throws InterruptedException {
    var soon = Instant.now().plusMillis(700);
    var parent = create("'name':'p','expires_at':'" + soon + "'").text("/branch/id");
    create("'name':'c','parent_id':'" + parent + "'");
    var leaf = create("'name':'l','expires_at':'" + soon + "'").text("/branch/id");

    while (api.storage().holds(TimelineId.of(leaf))) {
      Thread.sleep(20);
    }

    assertThat(api.storage().holds(TimelineId.of(parent))).isTrue();
    assertThat(api.call("GET", branches + "/" + parent).status()).isEqualTo(200);
  }

  @Test
  void branchesAreListedByPageAndTheirEndpointsByBranch() {
    create("'name':'a'");

    assertThat(api.call("GET", branches + "?limit=1").json().at("/branches")).hasSize(1);
    assertThat(api.call("GET", branches + "/" + main + "/endpoints").json().at("/endpoints"))
        .hasSize(1);
  }
}
