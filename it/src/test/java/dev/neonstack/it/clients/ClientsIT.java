package dev.neonstack.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Run;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others wrote for Neon works with the control plane as it is. */
@ExtendWith(OnPlatform.class)
class ClientsIT {
  private static final String API = "/api/v2";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Platform platform;
  private ClientTools tools;

  @BeforeEach
  void prepare(Platform shared) {
    platform = shared;
    tools = new ClientTools(platform, folder);
  }

  private Path npm() {
    var modules = tools.npm();
    assumeTrue(modules.isPresent(), "npm is not here, or reaches no registry");
    return modules.orElseThrow();
  }

  private record Answer(int status, JsonNode json) {
    String text(String pointer) {
      return json.at(pointer).asText();
    }
  }

  private Answer call(String method, String path, String body) throws Exception {
    var services = platform.services();
    var request =
        HttpRequest.newBuilder(services.controlPlaneUrl().resolve(API + path))
            .header("Authorization", "Bearer " + services.apiKey())
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')));
    var response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  private Run cli(String name, String arguments) {
    var services = platform.services();
    var program = npm().resolve(".bin").resolve(name);
    return platform.shell(
        folder,
        "HOME='%s' '%s' --no-analytics --api-host '%s%s' --api-key '%s' %s"
            .formatted(
                folder, program, services.controlPlaneUrl(), API, services.apiKey(), arguments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"neonctl", "neon"})
  void theCommandLineMakesAndListsAndConnects(String name) throws Exception {
    var project = "p-" + UUID.randomUUID();
    var made =
        JSON.readTree(cli(name, "projects create -o json --name " + project).succeeded().output());
    var id = made.at("/project/id").asText();
    cli(name, "projects list").succeeded().says(project);

    var in = " --project-id " + id;
    cli(name, "branches create --name feature/ABC-1" + in).succeeded().says("postgresql://");
    cli(name, "branches list" + in).succeeded().says("feature/ABC-1").says("main");
    var port = call("GET", "/projects/" + id + "/endpoints", "").json().at("/endpoints/0/port");
    cli(name, "connection-string main" + in).succeeded().says(":" + port.asInt() + "/neondb");
    cli(name, "roles list --branch feature/ABC-1" + in).succeeded().says("neondb_owner");
    cli(name, "databases create --name d --branch main --owner-name neondb_owner" + in).succeeded();
    cli(name, "branches delete main" + in).failed().says("has children: 'feature/ABC-1'");
    cli(name, "branches delete feature/ABC-1" + in).succeeded();
    cli(name, "branches delete main" + in).failed().says("delete the project instead");
    cli(name, "projects delete " + id).succeeded();
  }

  @Test
  void thePythonClientReadsEverything() throws Exception {
    var modules = tools.python();
    assumeTrue(modules.isPresent(), "pip is not here, or reaches no registry");
    call("POST", "/projects", "{'project':{'name':'python'}}");
    var script = folder.resolve("read.py");
    Files.writeString(
        script,
        """
        import sys
        from neon_api import NeonAPI
        api = NeonAPI(api_key=sys.argv[2], base_url=sys.argv[1])
        print(api.me().login)
        project = api.projects().projects[0]
        api.project(project.id)
        branch = api.branches(project.id).branches[0]
        api.branch(project.id, branch.id)
        endpoint = api.endpoints(project.id).endpoints[0]
        api.endpoint(project.id, endpoint.id)
        api.roles(project.id, branch.id)
        api.databases(project.id, branch.id)
        api.operations(project.id)
        print(api.connection_uri(project.id, database_name='neondb', role_name='neondb_owner').uri)
        """);
    var services = platform.services();
    platform
        .shell(
            folder,
            "PYTHONPATH='%s' python3 '%s' '%s%s/' '%s'"
                .formatted(
                    modules.orElseThrow(),
                    script,
                    services.controlPlaneUrl(),
                    API,
                    services.apiKey()))
        .succeeded()
        .says("postgresql://");
  }

  /** A call, as the published description names it, and as it is made here. */
  private record Call(String method, String template, String path, String body) {}

  @Test
  void everyAnswerHasTheFormThatIsPublished() throws Exception {
    var api = OpenApi.read(npm().resolve(ClientTools.SCHEMA));
    var problems = new ArrayList<String>();
    var made = call("POST", "/projects", "{'project':{'name':'form'}}");
    problems.addAll(api.problems("POST", "/projects", made.status(), made.json()));
    var project = "/projects/" + made.text("/project/id");
    var branch = project + "/branches/" + made.text("/branch/id");
    var endpoint = project + "/endpoints/" + made.text("/endpoints/0/id");
    for (var call : calls(project, branch, endpoint)) {
      var answer = call(call.method(), call.path(), call.body());
      problems.addAll(api.problems(call.method(), call.template(), answer.status(), answer.json()));
    }
    assertThat(problems).isEmpty();
  }

  private static List<Call> calls(String project, String branch, String endpoint) {
    return Stream.of(ofProject(project), ofBranch(branch), ofEndpoint(project, endpoint))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Call> ofProject(String project) {
    var p = "/projects/{project_id}";
    return List.of(
        new Call("GET", "/users/me", "/users/me", ""),
        new Call("GET", "/users/me/organizations", "/users/me/organizations", ""),
        new Call("GET", "/regions", "/regions", ""),
        new Call("GET", "/auth", "/auth", ""),
        new Call("GET", "/projects", "/projects", ""),
        new Call("GET", "/projects/shared", "/projects/shared", ""),
        new Call("GET", p, project, ""),
        new Call("PATCH", p, project, "{'project':{'name':'other'}}"),
        new Call(
            "POST",
            p + "/branches",
            project + "/branches",
            "{'branch':{'name':'a'},'endpoints':[{'type':'read_write'}],'annotation_value':{'k':'v'}}"),
        new Call("GET", p + "/branches", project + "/branches?limit=1", ""),
        new Call("GET", p + "/branches/count", project + "/branches/count", ""));
  }

  private static List<Call> ofBranch(String branch) {
    var b = "/projects/{project_id}/branches/{branch_id}";
    var role = "{'role':{'name':'r'}}";
    var database = "{'database':{'name':'d','owner_name':'r'}}";
    return List.of(
        new Call("GET", b, branch, ""),
        new Call("PATCH", b, branch, "{'branch':{'name':'trunk'}}"),
        new Call("POST", b + "/set_as_default", branch + "/set_as_default", ""),
        new Call("GET", b + "/endpoints", branch + "/endpoints", ""),
        new Call("POST", b + "/roles", branch + "/roles", role),
        new Call("GET", b + "/roles", branch + "/roles", ""),
        new Call("GET", b + "/roles/{role_name}", branch + "/roles/r", ""),
        new Call(
            "GET",
            b + "/roles/{role_name}/reveal_password",
            branch + "/roles/r/reveal_password",
            ""),
        new Call(
            "POST",
            b + "/roles/{role_name}/reset_password",
            branch + "/roles/r/reset_password",
            ""),
        new Call("POST", b + "/databases", branch + "/databases", database),
        new Call("GET", b + "/databases", branch + "/databases", ""),
        new Call("GET", b + "/databases/{database_name}", branch + "/databases/d", ""),
        new Call("DELETE", b + "/databases/{database_name}", branch + "/databases/d", ""),
        new Call("DELETE", b + "/roles/{role_name}", branch + "/roles/r", ""));
  }

  private static List<Call> ofEndpoint(String project, String endpoint) {
    var p = "/projects/{project_id}";
    var e = p + "/endpoints/{endpoint_id}";
    return List.of(
        new Call("GET", p + "/endpoints", project + "/endpoints", ""),
        new Call("GET", e, endpoint, ""),
        new Call("PATCH", e, endpoint, "{'endpoint':{'suspend_timeout_seconds':600}}"),
        new Call("POST", e + "/suspend", endpoint + "/suspend", ""),
        new Call("POST", e + "/start", endpoint + "/start", ""),
        new Call("POST", e + "/restart", endpoint + "/restart", ""),
        new Call(
            "GET",
            p + "/connection_uri",
            project + "/connection_uri?database_name=neondb&role_name=neondb_owner",
            ""),
        new Call("GET", p + "/operations", project + "/operations", ""),
        new Call("DELETE", e, endpoint, ""),
        new Call("DELETE", p, project, ""));
  }
}
