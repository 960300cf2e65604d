package dev.neonstack.neon.storage;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP call.
 *
 * @param what the call in words, for messages: "creating branch …"
 * @param write whether a call without an answer may have changed something
 * @param timeout how long to wait for the answer
 */
record Call(
    String what,
    String method,
    String path,
    Optional<String> body,
    boolean write,
    Duration timeout) {

  static Call read(String what, String path, Timeouts timeouts) {
    return new Call(what, "GET", path, Optional.empty(), false, timeouts.call());
  }

  static Call write(String what, String method, String path, Timeouts timeouts) {
    return new Call(what, method, path, Optional.empty(), true, timeouts.call());
  }

  Call with(Map<String, Object> body) {
    return new Call(what, method, path, Optional.of(Wire.write(body)), write, timeout);
  }

  Call within(Duration longer) {
    return new Call(what, method, path, body, write, longer);
  }

  /** What a lost answer means: a read can simply be repeated. */
  StorageException.Kind whenLost() {
    return write ? StorageException.Kind.UNKNOWN_OUTCOME : StorageException.Kind.RETRY;
  }
}
