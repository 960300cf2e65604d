package dev.neonstack.local.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.local.client.LocalServices;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API says of roles and databases, and what the data of a branch holds, are one. */
final class SqlAndApiTest {
  private static final Path CACHE = Path.of("target/postgres-cache").toAbsolutePath();
  private static final Pattern PARTS =
      Pattern.compile("postgresql://([^:@]+)(:([^@]+))?@([^/]+)/(.+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private LocalServer server;
  private LocalServices services;
  private String project;
  private String main;
  private String endpoint;

  @BeforeEach
  void start() throws Exception {
    serve();
    var made = call("POST", "/projects", "{'project':{'name':'demo'}}", 201);
    project = "/projects/" + made.at("/project/id").asText();
    main = made.at("/branch/id").asText();
    endpoint = project + "/endpoints/" + made.at("/endpoints/0/id").asText();
  }

  private void serve() throws InterruptedException {
    var paths = new LocalPaths(folder.resolve("data"), CACHE, Optional.empty());
    server = LocalServer.start(paths, new LocalPorts(0, 0, 0), new LocalParts());
    services = new LocalProcess(paths, Map.of()).find().orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode call(String method, String path, String body, int status) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(services.controlPlaneUrl() + "/api/v2" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + services.apiKey())
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  private List<String> listed(String branch, String kind) throws Exception {
    var names = new ArrayList<String>();
    call("GET", project + "/branches/" + branch + "/" + kind, "", 200)
        .path(kind)
        .forEach(one -> names.add(one.path("name").asText()));
    return names;
  }

  private String branch(String fields, boolean withEndpoint) throws Exception {
    var body =
        "{'branch':{" + fields + "}" + (withEndpoint ? ",'endpoints':[{'type':'read_write'}]" : "");
    return call("POST", project + "/branches", body + "}", 201).at("/branch/id").asText();
  }

  private String uri(String branch, String database, String role) throws Exception {
    var path = "/connection_uri?branch_id=%s&database_name=%s&role_name=%s";
    return call("GET", project + path.formatted(branch, database, role), "", 200)
        .path("uri")
        .asText();
  }

  private static Connection connect(String uri) throws SQLException {
    return connect(uri, Optional.empty());
  }

  private static Connection connect(String uri, Optional<String> password) throws SQLException {
    var parts = PARTS.matcher(uri);
    assertThat(parts.matches()).isTrue();
    var properties = new Properties();
    properties.setProperty("user", decoded(parts.group(1)));
    properties.setProperty("PGDBNAME", decoded(parts.group(5)));
    properties.setProperty("password", password.orElseGet(() -> decoded(parts.group(3))));
    return DriverManager.getConnection("jdbc:postgresql://" + parts.group(4) + "/", properties);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String sql(String uri, String... statements) throws SQLException {
    var last = "";
    try (var connection = connect(uri);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        if (statement.execute(sql)) {
          try (var rows = statement.getResultSet()) {
            last = rows.next() ? rows.getString(1) : "";
          }
        }
      }
    }
    return last;
  }

  private String owner(String branch) throws Exception {
    return uri(branch, "neondb", "neondb_owner");
  }

  private void database(String name) throws Exception {
    call(
        "POST",
        project + "/branches/" + main + "/databases",
        "{'database':{'name':'" + name + "','owner_name':'neondb_owner'}}",
        201);
  }

  @Test
  void aBranchHasTheDatabasesRolesAndPasswordsOfItsMoment() throws Exception {
    var branches = project + "/branches/" + main;
    database("kept");
    sql(uri(main, "kept", "neondb_owner"), "CREATE TABLE t AS SELECT generate_series(1, 500) AS x");
    var password = uri(main, "neondb", "neondb_owner");
    var moment = sql(owner(main), "SELECT pg_current_wal_flush_lsn()");
    call("POST", branches + "/roles", "{'role':{'name':'late'}}", 201);
    database("latedb");
    call("POST", branches + "/roles/neondb_owner/reset_password", "", 200);
    call("POST", endpoint + "/suspend", "", 200);
    call("DELETE", branches + "/databases/kept", "", 200);

    var then = branch("'name':'then','parent_lsn':'" + moment + "'", true);
    var never = branch("'name':'never-started','parent_lsn':'" + moment + "'", false);

    assertThat(listed(then, "databases")).containsExactlyInAnyOrder("neondb", "kept");
    assertThat(listed(then, "roles")).containsExactly("neondb_owner");
    assertThat(sql(uri(then, "kept", "neondb_owner"), "SELECT count(*) FROM t")).isEqualTo("500");
    assertThat(PARTS.matcher(owner(then)).replaceAll("$3"))
        .isEqualTo(PARTS.matcher(password).replaceAll("$3"));
    assertThat(listed(never, "databases")).containsExactlyInAnyOrder("neondb", "kept");
    assertThat(listed(main, "databases")).containsExactlyInAnyOrder("neondb", "latedb");
  }

  @Test
  void whatSqlDoesStaysThroughChangesAndRestarts() throws Exception {
    var path = project + "/branches/" + main;
    database("apidb");
    database("a");
    sql(
        owner(main),
        "ALTER ROLE neondb_owner PASSWORD 'set-by-sql'",
        "DROP DATABASE apidb",
        "ALTER DATABASE a RENAME TO b",
        "CREATE ROLE by_sql LOGIN PASSWORD 'its-own-one'",
        "CREATE DATABASE sqldb");

    call("POST", path + "/roles", "{'role':{'name':'another'}}", 201);
    call("POST", endpoint + "/restart", "", 200);

    assertThat(listed(main, "databases")).containsExactlyInAnyOrder("neondb", "b", "sqldb");
    assertThat(listed(main, "roles"))
        .containsExactlyInAnyOrder("neondb_owner", "by_sql", "another");
    connect(owner(main), Optional.of("set-by-sql")).close();
    assertThat(owner(main)).startsWith("postgresql://neondb_owner@");
    connect(uri(main, "sqldb", "by_sql"), Optional.of("its-own-one")).close();
    call("GET", path + "/roles/by_sql/reveal_password", "", 412);
    call("POST", path + "/roles/by_sql/reset_password", "", 200);
    connect(uri(main, "sqldb", "by_sql")).close();
  }

  @Test
  void oneThatCannotBeChangedBlocksNothing() throws Exception {
    var databases = project + "/branches/" + main + "/databases/";
    database("tpl");
    database("odd");
    sql(
        owner(main),
        "ALTER DATABASE tpl IS_TEMPLATE true",
        "ALTER DATABASE odd SET default_transaction_read_only = on",
        "ALTER DATABASE odd SET role = neondb_owner",
        "ALTER DATABASE odd SET local_preload_libraries = 'not_there'");
    call("DELETE", databases + "tpl", "", 200);

    call("POST", project + "/branches/" + main + "/roles", "{'role':{'name':'app'}}", 201);
    call("DELETE", project + "/branches/" + main + "/roles/app", "", 200);
    call("POST", endpoint + "/restart", "", 200);
    branch("'name':'child'", true);
  }

  @Test
  void aChildOfAProtectedBranchHasPasswordsOfItsOwn() throws Exception {
    call("PATCH", project + "/branches/" + main, "{'branch':{'protected':true}}", 200);
    var parents = owner(main);

    var child = branch("'name':'child'", true);

    assertThat(PARTS.matcher(owner(child)).replaceAll("$3"))
        .isNotEqualTo(PARTS.matcher(parents).replaceAll("$3"));
    connect(owner(child)).close();
    var start = call("GET", project + "/branches/" + child, "", 200).at("/branch/parent_lsn");
    var asItBegan =
        branch(
            "'name':'as-it-began','parent_id':'%s','parent_lsn':'%s'"
                .formatted(child, start.asText()),
            true);
    connect(owner(asItBegan)).close();
    var parentsPassword = Optional.of(decoded(PARTS.matcher(parents).replaceAll("$3")));
    for (var branch : List.of(child, asItBegan)) {
      var other = owner(branch);
      assertThatThrownBy(() -> connect(other, parentsPassword)).isInstanceOf(SQLException.class);
    }
    connect(parents).close();
  }

  @Test
  void whatIsChangedWhileItSleepsIsThereAfterAStopOfAll() throws Exception {
    call("POST", endpoint + "/suspend", "", 200);
    database("asleep");
    call("DELETE", project + "/branches/" + main + "/databases/neondb", "", 200);
    server.close();
    serve();

    assertThat(listed(main, "databases")).containsExactly("asleep");
    call("POST", endpoint + "/start", "", 200);
    sql(uri(main, "asleep", "neondb_owner"), "CREATE TABLE t (x int)");
    assertThat(listed(main, "databases")).containsExactly("asleep");
  }
}
