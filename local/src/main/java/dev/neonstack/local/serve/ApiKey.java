package dev.neonstack.local.serve;

import dev.neonstack.neon.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The control plane's key, made at the first start. */
final class ApiKey {

  private static final int RANDOM_BYTES = 32;

  private ApiKey() {}

  /** The key in the file; a new one where there is none. The caller holds the serving lock. */
  static String ensure(Path file) throws IOException {
    if (Files.exists(file)) {
      var kept = Files.readString(file).strip();
      if (!kept.isEmpty()) {
        return kept;
      }
    }
    var bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    var fresh = "neonstack_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    OwnerOnly.replace(file, fresh + "\n");
    return fresh;
  }
}
