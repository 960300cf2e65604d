package dev.neonstack.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.ProviderClient;
import dev.neonstack.it.harness.ProviderClient.Made;
import dev.neonstack.neon.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Providers of two stacks, REST and the expiry of branches at work on the same branches at once:
 * storage never has the making of a child and the deletion of its parent under way together.
 */
@ExtendWith(OnPlatform.class)
class TogetherIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PAIRS = "neonstack_create_and_delete_pairs_total ";
  private static final int ROUNDS = 12;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Platform platform;
  private ProviderClient one;
  private ProviderClient other;
  private String project;
  private String main;

  @BeforeEach
  void start(Platform shared) throws Exception {
    platform = shared;
    one = platform.newProvider().client().configure(settings());
    other = platform.newProvider().client().configure(settings());
    var made = platform.call("POST", "/api/v2/projects", "{\"project\":{\"name\":\"together\"}}");
    project = made.at("/project/id").asText();
    main = made.at("/branch/id").asText();
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    threads.shutdownNow();
  }

  private ObjectNode settings() {
    var services = platform.services();
    return JSON.createObjectNode()
        .put("storageUrl", services.storageUrl().toString())
        .put("storageDialect", "pageserver")
        .put("storageToken", services.storageToken().orElseThrow())
        .put("controlPlaneUrl", services.controlPlaneUrl().toString())
        .put("controlPlaneToken", services.apiKey());
  }

  private long pairs() throws IOException, InterruptedException {
    var url = URI.create(platform.services().storageUrl() + "/metrics");
    var text = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
    return text.lines()
        .filter(line -> line.startsWith(PAIRS))
        .mapToLong(line -> Long.parseLong(line.substring(PAIRS.length())))
        .findFirst()
        .orElseThrow();
  }

  private ObjectNode branch(String name, String parent) {
    return JSON.createObjectNode().put("project", project).put("name", name).put("parent", parent);
  }

  private Made declared(ProviderClient stack, String name, String parent) {
    return stack.create(name, branch(name, parent));
  }

  private String path(String branch) {
    return "/api/v2/projects/" + project + "/branches/" + branch;
  }

  private void post(String name, String parent) throws Exception {
    var body = JSON.createObjectNode();
    body.putObject("branch").put("name", name).put("parent_id", parent);
    platform.call("POST", path("").replaceAll("/$", ""), body.toString());
  }

  @Test
  void noChildIsMadeWhileItsParentIsDeletedWhicheverDoorTheyCameBy() throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var parent = declared(one, name("parent"), main);
      var id = parent.branchId();
      if (round % 3 == 0) {
        var soon = Instant.now().plusMillis(300);
        platform.call("PATCH", path(id), "{\"branch\":{\"expires_at\":\"" + soon + "\"}}");
      }
      atOnce(
          () -> declared(one, name("child"), id),
          () -> declared(other, name("child"), id),
          () -> {
            post(name("child"), id);
            return null;
          },
          () -> {
            one.delete(parent);
            return null;
          },
          () -> platform.call("DELETE", path(id), ""));
      for (var child : platform.controlPlane().branches(TenantId.of(project))) {
        platform.call("DELETE", path(child.id().value()), "");
      }
    }
    assertThat(pairs()).isZero();
  }

  private static String name(String kind) {
    return kind + "-" + UUID.randomUUID();
  }

  /** Each may be refused; that is not what this is about. */
  private void atOnce(Callable<?>... works) throws Exception {
    var together = new CyclicBarrier(works.length);
    var begun = new ArrayList<Future<?>>();
    for (var work : List.of(works)) {
      begun.add(
          threads.submit(
              () -> {
                together.await();
                return work.call();
              }));
    }
    for (var one : begun) {
      try {
        one.get();
      } catch (ExecutionException refused) {
        assertThat(refused.getCause()).isNotInstanceOf(NullPointerException.class);
      }
    }
  }
}
