package dev.neonstack.controlplane;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is sent, the answer is the API's own, and nothing is accepted and ignored. */
class MannersTest {
  @TempDir private Path directory;
  private ApiFixture api;
  private String project;
  private String branch;
  private String endpoint;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
    var made = api.project();
    project = "/api/v2/projects/" + made.text("/project/id");
    branch = project + "/branches/" + made.text("/branch/id");
    endpoint = project + "/endpoints/" + made.text("/endpoints/0/id");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private String path(String text) {
    return text.replace("PROJECT", project).replace("BRANCH", branch).replace("EP", endpoint);
  }

  private void assertRefused(ApiFixture.Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("/request_id")).isNotEmpty();
    assertThat(answer.text("/code")).isNotEmpty();
    assertThat(answer.text("/message"))
        .isNotEmpty()
        .doesNotContain("Exception", "java", "jackson", "For input string", "null");
  }

  /** By a socket, as clients of Java cannot send it. */
  @Test
  void halfAnEncodedCharacterIsRefused() throws IOException {
    var url = api.controlPlane().url();
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      var request =
          "GET /api/v2/projects?search=%% HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
              .formatted(ApiFixture.KEY);
      socket.getOutputStream().write(request.getBytes(US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 400")
          .contains("search=%; write %25");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "POST | /api/v2/projects | {'project':{'quota':{}}} | project.quota",
        "POST | /api/v2/projects | {'projekt':{}} | projekt",
        "POST | /api/v2/projects | {'project':{'name':'a','name':'b'}} | JSON",
        "POST | /api/v2/projects | {'project':{}} trailing | JSON",
        "POST | /api/v2/projects | {'project':{'pg_version':9223372036854775808}} | pg_version",
        "POST | /api/v2/projects | {'project':{'pg_version':4294967313}} | pg_version",
        "POST | /api/v2/projects | {'project':{'pg_version':17.5}} | pg_version",
        "POST | /api/v2/projects | {'project':{'history_retention_seconds':18446744073709638016}} | history_retention_seconds",
        "PATCH | PROJECT | {'project':{'history_retention_seconds':18446744073709638016}} | history_retention_seconds",
        "PATCH | PROJECT | {'project':{'history_retention_seconds':-1}} | history_retention_seconds",
        "PATCH | PROJECT | {'project':{'region_id':'local'}} | project.region_id",
        "PATCH | BRANCH | {'branch':{'expires_at':'0000-01-01T00:00:00Z'}} | expires_at",
        "PATCH | BRANCH | {'branch':{'expires_at':'+999999999-01-01T00:00:00Z'}} | expires_at",
        "PATCH | BRANCH | {'branch':{'expires_at':'1969-01-01T00:00:00Z'}} | 1970",
        "PATCH | BRANCH | {'branch':{'ttl':'1h'}} | branch.ttl",
        "PATCH | EP | {'endpoint':{'suspend_timeout_seconds':99999999999999999999}} | suspend_timeout_seconds",
        "PATCH | EP | {'endpoint':{'autoscaling_limit_min_cu':1e999}} | autoscaling_limit_min_cu",
        "PATCH | EP | {'endpoint':{'colour':'red'}} | endpoint.colour",
        "PATCH | EP | {'endpoint':{'settings':{'colour':'red'}}} | endpoint.settings.colour",
        "POST | PROJECT/branches | {'branch':{},'endpoints':[3]} | endpoints",
        "POST | PROJECT/branches | {'branch':{},'endpoints':[{'colour':1}]} | endpoints.colour",
        "POST | PROJECT/branches | {'branch':{},'annotation_value':{'a':{}}} | annotation_value.a",
        "POST | BRANCH/roles | {'role':{'name':'r','superuser':true}} | role.superuser",
        "POST | BRANCH/databases | {'database':{'name':'d','owner_name':'neondb_owner','template':'x'}} | database.template",
        "GET | /api/v2/projects?limit=abc | | limit",
        "GET | /api/v2/projects?limit=0 | | limit",
        "GET | /api/v2/projects?limit=99999999999 | | limit",
        "GET | /api/v2/projects?cursor=%21 | | cursor",
        "GET | /api/v2/projects?colour=red | | colour",
        "GET | /api/v2/projects?limit=1&limit=2 | | limit",
        "GET | PROJECT/branches?sort_by=size | | sort_by",
        "GET | PROJECT/branches?sort_order=up | | sort_order",
        "GET | BRANCH?search=a | | search",
        "GET | PROJECT/connection_uri?role_name=neondb_owner&database_name=neondb&pooled=maybe | | pooled"
      })
  void whatCannotBeUnderstoodIsRefusedByName(
      String method, String path, String body, String named) {
    var answer = api.call(method, path(path), Optional.ofNullable(body).orElse(""));

    assertRefused(answer, 400);
    assertThat(answer.text("/message")).contains(named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "POST | /api/v2/projects | {'project':{'region_id':'aws-us-east-2'}} | region_id",
        "POST | /api/v2/projects | {'project':{'store_passwords':false}} | store_passwords",
        "POST | /api/v2/projects | {'project':{'org_id':'org-1'}} | org_id",
        "PATCH | PROJECT | {'project':{'settings':{'quota':{'active_time_seconds':5}}}} | quota",
        "PATCH | PROJECT | {'project':{'settings':{'allowed_ips':{'ips':['10.0.0.1']}}}} | allowed_ips",
        "PATCH | EP | {'endpoint':{'disabled':true}} | disabled",
        "PATCH | EP | {'endpoint':{'passwordless_access':true}} | passwordless_access",
        "PATCH | EP | {'endpoint':{'branch_id':'00000000000000000000000000000000'}} | branch_id",
        "PATCH | EP | {'endpoint':{'settings':{'pgbouncer_settings':{'a':'1'}}}} | pgbouncer_settings",
        "POST | PROJECT/branches | {'branch':{'init_source':'schema-only'}} | init_source",
        "POST | PROJECT/branches | {'branch':{'archived':true}} | archived"
      })
  void whatIsNotOfferedIsRefusedWithTheReason(
      String method, String path, String body, String named) {
    var answer = api.call(method, path(path), body);

    assertRefused(answer, 422);
    assertThat(answer.text("/message")).contains(named);
  }

  @Test
  void whatAsksForWhatIsSoAnywayIsTaken() {
    var settings =
        "{'quota':{'active_time_seconds':0},'allowed_ips':{'ips':[],'protected_branches_only':false}}";
    var body =
        "{'project':{'region_id':'local','store_passwords':true,'settings':" + settings + "}}";
    assertThat(api.call("POST", "/api/v2/projects", body).status()).isEqualTo(201);
    var same = "{'endpoint':{'disabled':false,'pooler_mode':'transaction'}}";
    assertThat(api.call("PATCH", endpoint, same).status()).isEqualTo(200);
  }

  @Test
  void aDatabaseIsRenamed() {
    var path = branch + "/databases/neondb";
    var renamed = api.call("PATCH", path, "{'database':{'name':'other'}}");

    assertThat(renamed.text("/database/name")).isEqualTo("other");
    assertThat(api.call("GET", path).status()).isEqualTo(404);
    assertThat(api.call("GET", branch + "/databases/other").status()).isEqualTo(200);
  }

  @Test
  void deepAndLargeAndLongRequestsAreRefusedInTheApisOwnWords() {
    var deep = "[".repeat(5_000) + "]".repeat(5_000);
    assertRefused(api.call("POST", "/api/v2/projects", "{'project':" + deep + "}"), 400);
    var large = "{'project':{'name':'" + "x".repeat(2_000_000) + "'}}";
    assertRefused(api.call("POST", "/api/v2/projects", large), 413);
    assertRefused(api.call("GET", "/api/v2/projects?search=" + "x".repeat(20_000)), 414);
    assertRefused(api.call("GET", "/nowhere"), 404);
    assertRefused(api.call("GET", branch + "/roles/a%2Fb"), 404);
    assertThat(api.call("GET", branch + "/roles/a%2Fb").text("/message")).contains("a/b");
  }

  @Test
  void namesInAddressesHoldEveryCharacter() {
    for (var name : new String[] {"a/b", "a b", "ü", "a%2Fb", "..", "a?b#c", "a;b"}) {
      var made = api.call("POST", branch + "/roles", "{'role':{'name':'" + name + "'}}");
      assertThat(made.status()).as(name).isEqualTo(201);
      var encoded =
          URLEncoder.encode(name, StandardCharsets.UTF_8)
              .replace("+", "%20")
              .replace("..", "%2E%2E");
      var found = api.call("GET", branch + "/roles/" + encoded);
      assertThat(found.text("/role/name")).isEqualTo(name);
    }
  }

  @Test
  void listsAreSearchedSortedAndReadInParts() {
    for (var name : new String[] {"beta", "alpha", "Gamma-x"}) {
      api.call("POST", project + "/branches", "{'branch':{'name':'" + name + "'}}");
    }
    var branches = project + "/branches";

    assertThat(names(branches + "?search=a")).contains("main", "beta", "alpha", "Gamma-x");
    assertThat(names(branches + "?search=GAMMA")).containsExactly("Gamma-x");
    assertThat(names(branches + "?sort_by=name&sort_order=desc"))
        .containsExactly("main", "beta", "alpha", "Gamma-x");
    assertThat(names(branches)).containsExactly("main", "beta", "alpha", "Gamma-x");
    assertThat(api.call("GET", branches + "/count?search=alp").json().at("/count").asInt())
        .isEqualTo(1);

    var first = api.call("GET", branches + "?limit=2&sort_by=name");
    var next = first.text("/pagination/next");
    var shown = first.text("/branches/1/id");
    api.call("DELETE", branches + "/" + shown);
    var second = api.call("GET", branches + "?limit=2&sort_by=name&cursor=" + next);
    assertThat(second.json().at("/branches").findValuesAsText("name"))
        .containsExactly("beta", "main");
    assertThat(second.json().at("/pagination").has("next")).isFalse();
  }

  private List<String> names(String path) {
    return api.call("GET", path).json().at("/branches").findValuesAsText("name");
  }

  @Test
  void whatABranchsMakerWroteDownIsKept() {
    var body = "{'branch':{'name':'a'},'annotation_value':{'commit':'abc','n':1}}";
    var id = api.call("POST", project + "/branches", body).text("/branch/id");
    api.restart();

    var listed = api.call("GET", project + "/branches");
    assertThat(listed.text("/annotations/" + id + "/value/commit")).isEqualTo("abc");
    assertThat(listed.json().at("/annotations")).hasSize(1);
    var one = api.call("GET", project + "/branches/" + id);
    assertThat(one.text("/annotation/object/id")).isEqualTo(id);
    assertThat(one.text("/annotation/value/n")).isEqualTo("1");
  }

  @Test
  void endpointsAreLikeTheDefaultsOfTheirProject() {
    var defaults =
        "{'autoscaling_limit_min_cu':1,'autoscaling_limit_max_cu':4,'suspend_timeout_seconds':600}";
    var made =
        api.call(
            "POST",
            "/api/v2/projects",
            "{'project':{'name':'d','default_endpoint_settings':" + defaults + "}}");
    assertThat(made.json().at("/endpoints/0/autoscaling_limit_max_cu").asInt()).isEqualTo(4);
    var path = "/api/v2/projects/" + made.text("/project/id");
    api.restart();
    var changed = "{'project':{'default_endpoint_settings':{'suspend_timeout_seconds':60}}}";
    assertThat(api.call("PATCH", path, changed).status()).isEqualTo(200);

    var endpoint =
        api.call("POST", path + "/branches", "{'branch':{},'endpoints':[{'type':'read_write'}]}");
    assertThat(endpoint.json().at("/endpoints/0/autoscaling_limit_min_cu").asInt()).isEqualTo(1);
    assertThat(endpoint.json().at("/endpoints/0/suspend_timeout_seconds").asInt()).isEqualTo(60);
    assertThat(
            api.call("GET", path)
                .json()
                .at("/project/default_endpoint_settings/suspend_timeout_seconds")
                .asInt())
        .isEqualTo(60);
  }
}
