package dev.neonstack.controlplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.ApiFixture;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API of a control plane that runs no computes, over a catalog that has an endpoint. */
final class NoComputesTest {
  private static final String REFUSAL =
      "endpoints are not available on this control plane, which runs no computes";

  @TempDir private Path directory;
  private ApiFixture api;
  private String project;
  private String endpoint;
  private String branch;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
    var elsewhere = api.project();
    project = "/api/v2/projects/" + elsewhere.text("/project/id");
    branch = elsewhere.text("/branch/id");
    endpoint = project + "/endpoints/" + elsewhere.text("/endpoints/0/id");
    api.call("POST", endpoint + "/suspend");
    api.restartOn(new NoComputes());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aProjectComesWithoutAnEndpoint() {
    var made = api.project();

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("/branch/current_state")).isEqualTo("ready");
    assertThat(made.json().at("/endpoints")).isEmpty();
    assertThat(made.json().at("/connection_uris")).isEmpty();
    assertThat(made.json().at("/roles")).hasSize(1);
    assertThat(made.json().at("/databases")).hasSize(1);
    assertThat(made.json().at("/operations")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "POST | /endpoints | {'endpoint':{'branch_id':'BRANCH'}}",
        "POST | /endpoints | {'endpoint':{'branch_id':'BRANCH','type':'read_only'}}",
        "POST | /branches | {'branch':{'name':'dev'},'endpoints':[{'type':'read_write'}]}",
        "POST | ENDPOINT/start | {}",
        "POST | ENDPOINT/restart | {}",
        "PATCH | ENDPOINT | {'endpoint':{'name':'other'}}"
      })
  void whatNeedsAComputeIsRefusedAndNothingIsRecorded(String method, String path, String body) {
    var before = api.stored();

    var refused =
        api.call(
            method,
            path.startsWith("ENDPOINT") ? path.replace("ENDPOINT", endpoint) : project + path,
            body.replace("BRANCH", branch));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/code")).isEqualTo("UNPROCESSABLE");
    assertThat(refused.text("/message")).startsWith(REFUSAL);
    assertThat(api.stored()).isEqualTo(before);
    assertThat(api.storage().count()).isEqualTo(1);
  }

  @Test
  void branchesRolesAndDatabasesWork() {
    var expiry = Instant.now().plusSeconds(600);
    var made =
        api.call(
            "POST",
            project + "/branches",
            "{'branch':{'name':'dev','expires_at':'" + expiry + "'}}");
    var child = project + "/branches/" + made.text("/branch/id");

    assertThat(made.status()).isEqualTo(201);
    assertThat(api.call("POST", child + "/roles", "{'role':{'name':'app'}}").status())
        .isEqualTo(201);
    var shop = "{'database':{'name':'shop','owner_name':'app'}}";
    assertThat(api.call("POST", child + "/databases", shop).text("/operations/0/status"))
        .isEqualTo("finished");
    assertThat(api.call("DELETE", child).status()).isEqualTo(200);
    assertThat(api.storage().count()).isEqualTo(1);
  }

  @Test
  void anEndpointOfFormerTimesCanBeSeenAndRemoved() {
    assertThat(api.call("GET", endpoint).text("/endpoint/current_state")).isEqualTo("idle");
    assertThat(api.call("POST", endpoint + "/suspend").status()).isEqualTo(200);
    assertThat(api.call("DELETE", endpoint).status()).isEqualTo(200);
    assertThat(api.call("GET", endpoint).status()).isEqualTo(404);
  }
}
