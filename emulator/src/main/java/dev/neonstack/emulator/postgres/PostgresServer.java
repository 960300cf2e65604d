package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts and stops the server of one timeline. Holds nothing: what runs is read from the files. */
final class PostgresServer {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration LEFTOVER_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration FAST_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration IMMEDIATE_TIMEOUT = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 5;
  private static final String LOOPBACK = "127.0.0.1";
  private static final String UNSUBSCRIBE =
      "update pg_subscription set subenabled = false, subslotname = null\n";
  private static final String LEFTOVERS = "pre-existing shared memory block";

  private final BranchDirectory files;
  private final PostgresHome home;
  private final ServerUser user;

  PostgresServer(BranchDirectory files, PostgresHome home, ServerUser user) {
    this.files = files;
    this.home = home;
    this.user = user;
  }

  static Optional<Postmaster> running(BranchDirectory files) {
    return Postmaster.on(files.live().data());
  }

  /** The server that accepts connections; one that is coming up or going down is waited for. */
  static Optional<Postmaster> settled(BranchDirectory files) {
    var deadline = Instant.now().plus(START_TIMEOUT);
    var found = running(files);
    while (found.isPresent() && !found.get().ready()) {
      if (Instant.now().isAfter(deadline)) {
        throw new ComputeFailed(
            "the PostgreSQL server on "
                + files.root()
                + " neither comes up nor ends; its log is "
                + files.log());
      }
      pause();
      found = running(files);
    }
    return found;
  }

  /**
   * Switches off, before any of them works, the subscriptions that a branch has from its parent:
   * their slots are the parent's.
   */
  void unsubscribe(Map<String, String> settings) throws IOException {
    configure(settings);
    var command = new ArrayList<>(List.of(home.program("postgres"), "--single"));
    command.addAll(List.of("-D", files.live().data().toString()));
    command.addAll(PostgresSettings.options("", 1, false));
    command.add("template1");
    var result = Commands.run(user.command(files.root(), home, command), UNSUBSCRIBE);
    if (!result.succeeded() || result.output().contains("ERROR:")) {
      throw new ComputeFailed("subscriptions cannot be switched off: " + result.output());
    }
  }

  private void configure(Map<String, String> settings) throws IOException {
    var data = files.live().data();
    user.takeOver(files.root(), data);
    var file = data.resolve("postgresql.conf");
    Files.writeString(file, PostgresSettings.file(settings));
    user.own(file);
    removeForeignPid();
    if (!Files.exists(files.log())) {
      Files.createFile(files.log());
      user.own(files.log());
    }
  }

  /**
   * Returns when the server accepts connections.
   *
   * @param logical whether changes can be decoded from its WAL
   */
  Postmaster start(int port, Map<String, String> settings, boolean logical) throws IOException {
    requireFree(port);
    configure(settings);
    var patience = Instant.now().plus(LEFTOVER_TIMEOUT);
    while (true) {
      var log = ServerLog.from(files.log());
      var started = attempt(PostgresSettings.options(LOOPBACK, port, logical), log);
      if (started.isPresent()) {
        return started.get();
      }
      // Backends of a server that was killed go a moment after it.
      if (!log.says(LEFTOVERS) || Instant.now().isAfter(patience)) {
        throw failure(port, log);
      }
    }
  }

  private Optional<Postmaster> attempt(List<String> options, ServerLog log) throws IOException {
    var data = files.live().data();
    var command =
        user.command(
            files.root(),
            home,
            List.of(
                home.program("pg_ctl"),
                "start",
                "--wait",
                "--timeout=" + START_TIMEOUT.toSeconds(),
                "--pgdata=" + data,
                "--log=" + log.file(),
                "--options=-c ssl=on " + String.join(" ", options)));
    var launcher =
        Commands.builder(command)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
            .start();
    while (true) {
      var alive = launcher.isAlive();
      var found = running(files).filter(Postmaster::ready);
      if (found.isPresent() || !alive) {
        return found;
      }
      pause();
    }
  }

  /**
   * A number left in the file by a crash may belong to another process by now; PostgreSQL would
   * refuse to start then. When it belongs to none, the file stays: it guards against backends of
   * the old server.
   */
  private void removeForeignPid() throws IOException {
    var file = files.live().data().resolve("postmaster.pid");
    if (Files.exists(file) && running(files).isEmpty()) {
      var lines = Files.readAllLines(file);
      if (lines.isEmpty() || ProcessHandle.of(Long.parseLong(lines.get(0).strip())).isPresent()) {
        Files.delete(file);
      }
    }
  }

  private static void requireFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw portInUse(port, e);
    }
  }

  private static ComputeFailed portInUse(int port, Throwable cause) {
    return new ComputeFailed(
        "port "
            + port
            + " on 127.0.0.1 is in use by another program; stop that program, or set"
            + " NEONSTACK_POSTGRES_PORT to another first port",
        cause);
  }

  private RuntimeException failure(int port, ServerLog log) {
    var cause = new IOException(log.end());
    if (DiskFull.isMeantBy(log.text())) {
      return DiskFull.whileDoing("start PostgreSQL", files.root(), cause);
    }
    if (log.says("Address already in use")) {
      return portInUse(port, cause);
    }
    return new ComputeFailed(
        "PostgreSQL "
            + home.version()
            + " did not start: "
            + log.end()
            + " (the whole log is "
            + log.file()
            + ")");
  }

  /** Stops a server: in an orderly way, and harder when it takes too long. */
  static void stop(BranchDirectory files) {
    if (!ended(files, "INT", FAST_TIMEOUT)) {
      kill(files);
    }
  }

  /** Stops a server whose data nobody needs. */
  static void kill(BranchDirectory files) {
    if (!ended(files, "QUIT", IMMEDIATE_TIMEOUT) && !ended(files, "KILL", IMMEDIATE_TIMEOUT)) {
      throw new ComputeFailed("the PostgreSQL server on " + files.root() + " cannot be stopped");
    }
  }

  private static boolean ended(BranchDirectory files, String signal, Duration timeout) {
    var server = running(files);
    server.ifPresent(found -> found.signal(signal));
    var deadline = Instant.now().plus(timeout);
    while (server.filter(found -> found.isServerOf(files.live().data())).isPresent()) {
      if (Instant.now().isAfter(deadline)) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(
          new IOException("interrupted while waiting for PostgreSQL", e));
    }
  }
}
