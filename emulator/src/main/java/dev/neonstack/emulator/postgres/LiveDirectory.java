package dev.neonstack.emulator.postgres;

import dev.neonstack.emulator.ComputeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a server runs on.
 *
 * <pre>
 *   data/      the data directory; its pg_wal is a link to ../wal
 *   wal/       every WAL segment since the base this was made from
 *   origin     where the timeline's own WAL begins
 *   launch     how the last server was asked for
 *   unproved   there until recovery was seen to have ended at the origin
 *   subscribed there while the parent's subscriptions may be at work in it
 * </pre>
 */
record LiveDirectory(Path root) {
  Path data() {
    return root.resolve("data");
  }

  Path wal() {
    return root.resolve("wal");
  }

  /** The first segment from which on all are there. */
  long firstGaplessSegment() {
    var numbers =
        Trees.list(wal()).stream()
            .map(path -> WalLayout.segmentNamed(path.getFileName().toString()))
            .flatMapToLong(OptionalLong::stream)
            .toArray();
    var i = numbers.length - 1;
    while (i > 0 && numbers[i - 1] == numbers[i] - 1) {
      i--;
    }
    return numbers[i];
  }

  Origin origin() throws IOException {
    return Origin.read(root);
  }

  /**
   * The settings with which a server can start here: a recovery needs what the WAL was written
   * with, and so do transactions that are prepared and not ended.
   */
  Map<String, String> startable(Map<String, String> asked) throws IOException {
    var control = ControlFile.read(data());
    var needed = control.shutDown() && !hasPrepared() ? Capacity.NONE : control.capacity();
    return needed.raise(asked);
  }

  /** Whether transactions are prepared that nobody has ended. */
  boolean hasPrepared() {
    return !Trees.list(data().resolve("pg_twophase")).isEmpty();
  }

  /** Whether a data directory has had subscriptions. */
  static boolean subscribes(Path data) throws IOException {
    var list = data.resolve("global").resolve(Integer.toString(WalReader.SUBSCRIPTIONS));
    return Files.exists(list) && Files.size(list) > 0;
  }

  /** Whether the server that runs was asked for in this way. */
  boolean isLaunchedAs(ComputeRequest request) throws IOException {
    var launch = root.resolve("launch");
    return !Files.exists(launch) || Files.readString(launch).equals(launch(request));
  }

  void setLaunchedAs(ComputeRequest request) throws IOException {
    Files.writeString(root.resolve("launch"), launch(request));
  }

  private static String launch(ComputeRequest request) {
    return "logical = " + request.logical() + "\n" + PostgresSettings.file(request.settings());
  }

  private Path subscribed() {
    return root.resolve("subscribed");
  }

  boolean isSubscribed() {
    return Files.exists(subscribed());
  }

  void setSubscribed() throws IOException {
    Files.createFile(subscribed());
  }

  void setUnsubscribed() throws IOException {
    Files.delete(subscribed());
  }

  private Path unproved() {
    return root.resolve("unproved");
  }

  boolean isProved() {
    return !Files.exists(unproved());
  }

  void setUnproved() throws IOException {
    Files.createFile(unproved());
  }

  /**
   * Looks whether recovery ended exactly where the timeline's own WAL begins: then the server wrote
   * its first record there, linked to the last one taken over.
   */
  boolean prove() throws IOException {
    if (isProved()) {
      return true;
    }
    var origin = origin();
    WalSource source = number -> BranchDirectory.existing(wal(), number);
    try (var reader = new WalReader(source, origin.start(), origin.previous())) {
      if (reader.next().isEmpty()) {
        return false;
      }
    }
    Files.delete(unproved());
    return true;
  }
}
