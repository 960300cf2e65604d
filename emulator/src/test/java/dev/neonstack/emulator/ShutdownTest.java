package dev.neonstack.emulator;

import static dev.neonstack.emulator.EmulatorHarness.branchBody;
import static dev.neonstack.emulator.EmulatorHarness.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.emulator.EmulatorHarness.Reply;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is answered from the signal to the end, and what is there afterwards. */
class ShutdownTest extends OnOneProject {
  @Override
  EmulatorConfig configured(EmulatorConfig usual) {
    return usual.withWaitLsnTimeout(Duration.ofMinutes(5));
  }

  @Test
  void aDrainingServerAnswersEverythingAndMakesNothing() {
    var gate = emulator.data().holdBootstraps();
    var unfinished = TimelineId.random();
    var bootstrap = bootstrap(unfinished);
    var waiting =
        emulator.callLater("POST", timelines(), branchBody(TimelineId.random(), main, "0/9000000"));

    emulator.drain();

    assertRefused(bootstrap.join(), "Tenant shutting down");
    assertThat(waiting.join().status()).isEqualTo(503);
    assertThat(emulator.call("GET", "/v1/status").status()).isEqualTo(200);
    assertThat(emulator.call("GET", path(tenant, main)).status()).isEqualTo(200);
    assertThat(emulator.call("GET", timelines()).body()).hasSize(1);
    assertRefused(emulator.create(tenant, branchBody(TimelineId.random(), main)), "Shutting down");
    assertRefused(bootstrap(TimelineId.random()).join(), "Shutting down");
    assertRefused(bootstrap(main).join(), "Shutting down");

    gate.countDown();
    emulator.close();
    assertNothingIsThereOf(unfinished);
  }

  @Test
  void whatIsInFlightAtTheEndIsAnswered() {
    var gate = emulator.data().holdBootstraps();
    var unfinished = TimelineId.random();
    var bootstrap = bootstrap(unfinished);
    var opened = bootstrap.thenRun(gate::countDown);

    emulator.close();

    assertRefused(bootstrap.join(), "Tenant shutting down");
    opened.join();
    assertNothingIsThereOf(unfinished);
  }

  private void assertNothingIsThereOf(TimelineId unfinished) {
    try (var next = new EmulatorHarness(folder)) {
      assertThat(next.call("GET", path(tenant, unfinished)).status()).isEqualTo(404);
      assertThat(next.data().exists(tenant, unfinished)).isFalse();
      assertThat(next.call("GET", path(tenant, main)).status()).isEqualTo(200);
      assertThat(next.create(tenant, bootstrapBody(unfinished)).status()).isEqualTo(201);
    }
  }

  /** Returns when the server is at it or has refused it. */
  private CompletableFuture<Reply> bootstrap(TimelineId id) {
    var reply = emulator.callLater("POST", timelines(), bootstrapBody(id));
    EmulatorHarness.await(
        "initdb runs", () -> reply.isDone() || emulator.data().exists(tenant, id));
    return reply;
  }

  private String timelines() {
    return "/v1/tenant/" + tenant + "/timeline";
  }

  private static String bootstrapBody(TimelineId id) {
    return "{\"new_timeline_id\":\"" + id + "\",\"pg_version\":15}";
  }

  private static void assertRefused(Reply reply, String message) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.message()).isEqualTo(message);
  }
}
