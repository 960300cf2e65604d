package dev.neonstack.local.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks whether the process of a state file is alive and is the one that answers at its address. */
final class StatusProbe {

  private static final String PATH = "/neonstack/v1/status";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /** Whether this very process answers; a number given to another process does not. */
  boolean serves(LocalState state) {
    return ProcessHandle.of(state.pid()).filter(ProcessHandle::isAlive).isPresent()
        && answersAs(state);
  }

  private boolean answersAs(LocalState state) {
    var request =
        HttpRequest.newBuilder(state.controlPlaneUrl().resolve(PATH)).timeout(ANSWER).build();
    try {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return answer.statusCode() == 200
          && JSON.readTree(answer.body()).path("pid").asLong() == state.pid();
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalProcessException("Interrupted while asking for the local process.", e);
    }
  }
}
