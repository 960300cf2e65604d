package dev.neonstack.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Two servers over one database, of which the one at work is killed again and again while a client
 * makes branches known to whichever answers.
 */
final class Failover {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  private final Path folder;
  private final String url;
  private final TenantId project = TenantId.random();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * Over an empty database.
   *
   * @param folder for keys and logs
   * @param url of the database
   */
  Failover(Path folder, String url) {
    this.folder = folder;
    this.url = url;
  }

  /**
   * What came of it.
   *
   * @param millis from each kill until the other server was ready
   * @param acknowledged how many branches a server said it knows
   * @param lost how many of them the last server does not know
   */
  record Result(List<Double> millis, int acknowledged, int lost) {}

  /** Kills so many times. */
  Result run(int kills) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var file = Files.writeString(folder.resolve("url"), url);
    var settings = Map.of("NEONSTACK_CATALOG_URL_FILE", file.toString());
    try (var one = new CatalogServer(folder.resolve("one"), settings);
        var two = new CatalogServer(folder.resolve("two"), settings)) {
      one.start();
      one.awaitReady();
      if (one.send("PUT", path(""), project()).statusCode() != OK) {
        throw new IOException("the project cannot be made known");
      }
      two.start();
      var writer = new Thread(() -> write(List.of(one, two)), "writer");
      writer.start();
      var millis = new ArrayList<Double>();
      for (var kill = 0; kill < kills; kill++) {
        millis.add(kill(kill % 2 == 0 ? one : two, kill % 2 == 0 ? two : one));
      }
      ended.set(true);
      writer.join();
      return new Result(millis, acknowledged.size(), lost(kills % 2 == 0 ? one : two));
    } finally {
      ended.set(true);
    }
  }

  /** It is killed at any moment of its work, once the other one waits. */
  private double kill(CatalogServer active, CatalogServer waiting)
      throws IOException, InterruptedException {
    active.awaitReady();
    while (!isWaiting(waiting)) {
      Thread.sleep(20);
    }
    Thread.sleep((long) (Math.random() * 300));
    var begin = System.nanoTime();
    active.kill();
    waiting.awaitReady();
    var millis = (System.nanoTime() - begin) / 1e6;
    active.start();
    return millis;
  }

  private static boolean isWaiting(CatalogServer server) {
    try {
      return server.send("GET", "/live", "").statusCode() == OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void write(List<CatalogServer> servers) {
    while (!ended.get()) {
      var id = TimelineId.random();
      for (var server : servers) {
        try {
          if (server.send("PUT", path("/branches/" + id), branch(id)).statusCode() == OK) {
            acknowledged.add(id.value());
            break;
          }
        } catch (IOException dead) {
          // The other one may answer.
        }
      }
    }
  }

  private int lost(CatalogServer server) throws IOException {
    var known = ConcurrentHashMap.newKeySet();
    JSON.readTree(server.send("GET", path("/branches"), "").body())
        .path("branches")
        .forEach(branch -> known.add(branch.path("id").asText()));
    return (int) acknowledged.stream().filter(id -> !known.contains(id)).count();
  }

  private String path(String more) {
    return "/neonstack/v1/projects/" + project + more;
  }

  private String project() {
    return "{\"id\":\"%s\",\"name\":\"p\",\"pg_version\":17,\"history_retention_seconds\":604800}"
        .formatted(project);
  }

  private static String branch(TimelineId id) {
    return "{\"id\":\"%s\",\"name\":\"%s\",\"protected\":false,\"ready\":true}".formatted(id, id);
  }
}
