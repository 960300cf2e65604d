package dev.neonstack.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontDoorTest {
  private static final Rules.Limits PATIENT = new Rules.Limits(100, Duration.ofMinutes(5), 1_000);

  private final Server server = new Server(new QueuedThreadPool(8));
  private final List<Socket> open = new ArrayList<>();
  private int port;

  @AfterEach
  void stop() throws Exception {
    for (var socket : open) {
      socket.close();
    }
    server.stop();
  }

  private void start(Hosts hosts, Rules.Limits limits) throws Exception {
    var connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    Rules.Wording wording = refusal -> "{'no':'" + refusal.code() + "'}";
    server.setHandler(new Echo());
    new FrontDoor(new Rules(hosts, FrontDoorTest::access, wording, limits)).installIn(server);
    server.start();
    port = connector.getLocalPort();
  }

  private static Optional<Refusal> access(Request request) {
    return Request.getPathInContext(request).equals("/shut")
        ? Optional.of(new Refusal(401, "SHUT", "nobody"))
        : Optional.empty();
  }

  /** Answers what it was sent, and waits for it as a servlet does. */
  private static final class Echo extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      var body = Content.Source.asInputStream(request).readAllBytes();
      var text = "got " + new String(body, StandardCharsets.UTF_8);
      Content.Sink.write(response, true, text, callback);
      return true;
    }
  }

  private Socket send(String text) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    open.add(socket);
    socket.setSoTimeout(60_000);
    write(socket, text);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private String ask(String text) throws IOException {
    return answer(send(text));
  }

  private static String get(String host) {
    return "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  }

  private static String post(String path, String headers, String body) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n%s"
        .formatted(path, headers, body);
  }

  private static String json(int length, String body) {
    var headers = "Content-Type: application/json\r\nContent-Length: " + length + "\r\n";
    return post("/", headers, body);
  }

  @Test
  void aBodyArrivesWholeHoweverItIsSent() throws Exception {
    start(Hosts.LOOPBACK, PATIENT);
    var slow = send(json(6, "{\"a\""));
    write(slow, ":1");
    assertThat(answer(slow)).startsWith("HTTP/1.1 200").endsWith("got {\"a\":1");

    var chunked = "Content-Type: application/json; charset=utf-8\r\nTransfer-Encoding: chunked\r\n";
    assertThat(ask(post("/", chunked, "2\r\n{}\r\n0\r\n\r\n"))).contains("got {}");
    assertThat(ask(post("/", "Content-Length: 0\r\n", ""))).endsWith("got ");
    assertThat(ask(post("/", "Content-Length: 2\r\n", "{}"))).endsWith("got {}");
  }

  @Test
  void whoSendsHalfABodyKeepsNobodyFromBeingAnswered() throws Exception {
    start(Hosts.LOOPBACK, PATIENT);
    for (var i = 0; i < 300; i++) {
      var unused = send(json(50, "{"));
    }

    assertThat(ask(get("localhost"))).startsWith("HTTP/1.1 200");
    assertThat(ask(json(2, "{}"))).endsWith("got {}");
  }

  @Test
  void aBodyThatIsNotCompleteInTimeIsGivenUp() throws Exception {
    start(Hosts.LOOPBACK, new Rules.Limits(100, Duration.ofMillis(100), 10));

    assertThat(ask(json(50, "{"))).startsWith("HTTP/1.1 408").contains("REQUEST_TIMEOUT");
  }

  @Test
  void oneClientMayHaveOnlySoManyUnfinishedBodies() throws Exception {
    start(Hosts.LOOPBACK, new Rules.Limits(100, Duration.ofMinutes(5), 2));
    var first = send(json(2, "{"));
    var second = send(json(2, "{"));
    var refused = "";
    while (!refused.startsWith("HTTP/1.1 429")) { // until the first two have been heard
      refused = ask(json(2, "{}"));
    }

    write(first, "}");
    assertThat(answer(first)).endsWith("got {}");
    write(second, "}");
    assertThat(answer(second)).endsWith("got {}");
    assertThat(ask(json(2, "{}"))).endsWith("got {}");
  }

  @Test
  void aLargeBodyIsRefusedWhetherItSaysSoOrNot() throws Exception {
    start(Hosts.LOOPBACK, PATIENT);
    var chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";

    assertThat(ask(json(101, "x".repeat(101))))
        .startsWith("HTTP/1.1 413")
        .contains("PAYLOAD_TOO_LARGE");
    var large = 20_000_000;
    assertThat(ask(json(large, "x".repeat(large)))).startsWith("HTTP/1.1 413");
    assertThat(ask(post("/", chunked, "80\r\n" + "x".repeat(128) + "\r\n0\r\n\r\n")))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void whoIsNotLetInIsToldBeforeTheBodyIsRead() throws Exception {
    start(Hosts.LOOPBACK, PATIENT);

    var half = "Content-Type: application/json\r\nContent-Length: 50\r\n";
    assertThat(ask(post("/shut", half, "{"))).startsWith("HTTP/1.1 401").contains("SHUT");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, 415",
    "application/x-www-form-urlencoded, 415",
    "multipart/form-data; boundary=x, 415",
    "application/json, 200",
    "application/JSON;charset=utf-8, 200",
    "application/merge-patch+json, 200"
  })
  void aBodyIsJson(String type, int status) throws Exception {
    start(Hosts.LOOPBACK, PATIENT);

    assertThat(ask(post("/", "Content-Type: " + type + "\r\nContent-Length: 2\r\n", "{}")))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void aPageOfAnotherSiteCannotLeaveTheTypeOut() throws Exception {
    start(Hosts.LOOPBACK, PATIENT);

    var page = "Origin: http://evil.example\r\nContent-Length: 2\r\n";
    assertThat(ask(post("/", page, "{}"))).startsWith("HTTP/1.1 415");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:9899", "127.0.0.1", "127.8.9.1:1", "[::1]:9898", "[::1]"})
  void theNamesOfThisMachineAreAnswered(String host) throws Exception {
    start(Hosts.LOOPBACK, PATIENT);

    assertThat(ask(get(host))).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:9898",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "[::2]"
      })
  void otherNamesAreNot(String host) throws Exception {
    start(Hosts.LOOPBACK, PATIENT);

    assertThat(ask(get(host))).startsWith("HTTP/1.1 403").contains("HOST_NOT_ALLOWED");
    assertThat(ask(get(host).replace("GET /", "GET http://" + host + "/")))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void aServerOfAClusterHasNamesOfItsOwn() throws Exception {
    start(Hosts.named(List.of("Control-Plane.neon.svc")), PATIENT);

    assertThat(ask(get("control-plane.neon.svc:80"))).startsWith("HTTP/1.1 200");
    assertThat(ask(get("other.neon.svc"))).startsWith("HTTP/1.1 403");
    assertThatThrownBy(() -> Hosts.named(List.of("a:80"))).hasMessageContaining("'a:80'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /LONG HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: LONG\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "no http at all\r\n\r\n"
      })
  void whatTheWebServerRefusesIsSaidInTheServersWords(String request) throws Exception {
    start(Hosts.LOOPBACK, PATIENT);

    assertThat(ask(request.replace("LONG", "x".repeat(20_000))))
        .startsWith("HTTP/1.1 4")
        .contains("{'no':'")
        .doesNotContain("<html", "Exception", "java");
  }
}
