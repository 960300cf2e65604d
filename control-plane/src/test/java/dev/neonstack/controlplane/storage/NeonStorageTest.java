package dev.neonstack.controlplane.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpServer;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeonStorageTest {
  private static final TenantId PROJECT = TenantId.random();
  private static final TimelineId BRANCH = TimelineId.random();

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
  private HttpServer server;
  private NeonStorage storage;

  private record Answer(int status, String body) {}

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.add(exchange.getRequestMethod());
          var answer = answers.remove();
          var bytes = answer.body().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    storage =
        new NeonStorage(
            new StorageClient(
                new StorageOptions(url, Dialect.PAGESERVER, Optional.empty(), Optional.empty())));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(int status, String body) {
    answers.add(new Answer(status, body));
  }

  @Test
  void aBranchWithAnOffloadedChildIsRefusedWithoutADelete() {
    answer(
        200,
        "{'timelines':[],'offloaded':[{'tenant_id':'%s','timeline_id':'%s','ancestor_timeline_id':'%s','ancestor_retain_lsn':'0/14D8AB0','archived_at':'2026-01-01T00:00:00Z'}]}"
            .formatted(PROJECT, TimelineId.random(), BRANCH));

    assertThatThrownBy(() -> storage.deleteBranch(PROJECT, BRANCH))
        .asInstanceOf(type(Problem.class))
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED));
    assertThat(calls).containsExactly("GET");
  }

  @Test
  void aDeletionIsWaitedFor() {
    answer(200, "{'timelines':[],'offloaded':[]}");
    answer(202, "null");
    answer(409, "{'msg':'Conflict: Timeline deletion is already in progress'}");
    answer(503, "{'msg':'busy'}");
    answer(404, "{'msg':'NotFound: Timeline %s/%s was not found'}".formatted(PROJECT, BRANCH));

    storage.deleteBranch(PROJECT, BRANCH);

    assertThat(calls).containsExactly("GET", "DELETE", "DELETE", "DELETE", "DELETE");
  }

  @Test
  void aRefusalIsNotRepeated() {
    answer(406, "{'msg':'invalid branch start lsn: less than latest GC cutoff'}");

    assertThatThrownBy(
            () ->
                storage.createBranch(PROJECT, BRANCH, TimelineId.random(), Lsn.parse("0/14D8AB0")))
        .asInstanceOf(type(Problem.class))
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED));
    assertThat(calls).containsExactly("POST");
  }
}
