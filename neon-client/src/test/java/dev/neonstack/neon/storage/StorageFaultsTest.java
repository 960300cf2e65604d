package dev.neonstack.neon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineCreate.Bootstrap;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.StorageException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StorageFaultsTest {
  private static final TenantId TENANT = TenantId.of("bf868d7736f1f09daa4a5aebc8e6ddf2");
  private static final TimelineId ROOT = TimelineId.of("b3c244c0874473159cd746c5aae0bff4");
  private static final String TOKEN = "eyJ-very-secret";
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMillis(200));

  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void close() {
    server.close();
  }

  private StorageClient client() {
    return client(server.url("http"), Timeouts.DEFAULT);
  }

  private static StorageClient client(URI url, Timeouts timeouts) {
    return new StorageClient(
        new StorageOptions(url, Dialect.PAGESERVER, Optional.of(TOKEN), Optional.empty()),
        timeouts);
  }

  private static void create(StorageClient client) {
    client.createTimeline(TENANT, new Bootstrap(ROOT, 15));
  }

  private static StorageException failure(ThrowingCallable call) {
    return catchThrowableOfType(StorageException.class, call);
  }

  @Test
  void aServerThatIsAwayIsToBeTriedAgain() {
    var url = server.url("http");
    server.close();

    var failure = failure(() -> create(client(url, Timeouts.DEFAULT)));

    assertThat(failure.kind()).isEqualTo(Kind.RETRY);
    assertThat(failure.status()).isEmpty();
    assertThat(failure).hasMessageContaining(url.toString());
  }

  @Test
  void aCutAfterAWriteWasSentLeavesItsOutcomeUnknown() {
    server.thenCut();

    assertThat(failure(() -> create(client())).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
    assertThat(server.requests()).as("not repeated by the client itself").hasSize(1);
  }

  @Test
  void aReadThatWasCutCanSimplyBeRepeated() {
    server.thenCut().thenCut().thenCut().thenCut();

    assertThat(failure(() -> client().timelines(TENANT)).kind()).isEqualTo(Kind.RETRY);
  }

  @Test
  void noAnswerInTimeLeavesTheOutcomeOfAWriteUnknown() {
    server.thenHang();

    var failure = failure(() -> create(client(server.url("http"), SHORT)));

    assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
    assertThat(failure).hasMessageContaining("no answer within");
  }

  @Test
  void noAnswerInTimeToAReadIsToBeTriedAgain() {
    server.thenHang();

    var client = client(server.url("http"), SHORT);

    assertThat(failure(() -> client.timeline(TENANT, ROOT)).kind()).isEqualTo(Kind.RETRY);
  }

  @Test
  void garbageAfterAWriteLeavesItsOutcomeUnknown() {
    server
        .then(new Answer(201, "<html>it worked</html>"))
        .then(new Answer(201, "{\"timeline_id\":5}"))
        .then(new Answer(201, ""));

    for (var i = 0; i < 3; i++) {
      assertThat(failure(() -> create(client())).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
    }
  }

  @Test
  void garbageOnAReadIsNeverTakenForNothing() {
    server.then(new Answer(200, "null")).then(new Answer(200, "[]")).then(new Answer(200, "<"));

    assertThat(failure(() -> client().timeline(TENANT, ROOT)).kind()).isEqualTo(Kind.FAILED);
    assertThat(failure(() -> client().timelines(TENANT)).kind()).isEqualTo(Kind.FAILED);
    assertThat(failure(() -> client().timelines(TENANT)).kind()).isEqualTo(Kind.FAILED);
  }

  @Test
  void aRedirectIsNotFollowedAsItWouldTakeTheTokenElsewhere() {
    try (var elsewhere = new ScriptedServer()) {
      server.thenRedirect(elsewhere.url("http"));

      assertThat(failure(() -> client().timelines(TENANT)).kind()).isEqualTo(Kind.FAILED);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void theTokenIsInNoMessage() {
    server.then(new Answer(403, "{\"msg\":\"bad token Bearer " + TOKEN + "\"}"));

    var failure = failure(() -> client().timelines(TENANT));

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORISED);
    assertThat(failure.getMessage()).doesNotContain(TOKEN).contains("pageserverapi");
    assertThat(
            new StorageOptions(
                server.url("http"), Dialect.PAGESERVER, Optional.of(TOKEN), Optional.empty()))
        .asString()
        .doesNotContain(TOKEN)
        .contains("127.0.0.1");
  }

  @Test
  void aTokenFileMayEndInALineBreakButNotHoldOne() {
    server.then(new Answer(200, "{\"timelines\":[],\"offloaded\":[]}"));
    var url = server.url("http");
    var options =
        new StorageOptions(url, Dialect.PAGESERVER, Optional.of(TOKEN + "\n"), Optional.empty());

    new StorageClient(options).timelines(TENANT);

    assertThat(server.lastRequest().authorization()).contains("Bearer " + TOKEN);
    assertThatThrownBy(
            () ->
                new StorageOptions(
                    url, Dialect.PAGESERVER, Optional.of(TOKEN + "\nX: y"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("storage token")
        .message()
        .doesNotContain(TOKEN);
  }

  @Test
  void anAddressThatCannotBeOneIsRefusedWithItsValue() {
    assertThatThrownBy(() -> client(URI.create("ftp://x"), SHORT))
        .hasMessageContaining("ftp://x")
        .hasMessageContaining("http://host:port");
    assertThatThrownBy(() -> client(URI.create("http://joe:pw-1@host:1"), SHORT))
        .message()
        .doesNotContain("pw-1");
  }

  @Test
  void aSlashAtTheEndOfTheAddressMakesNoDifference() {
    server.then(new Answer(200, "{\"timelines\":[],\"offloaded\":[]}"));

    client(URI.create(server.url("http") + "/"), SHORT).timelines(TENANT);

    assertThat(server.lastRequest().line()).startsWith("GET /v1/tenant/");
  }
}
