package dev.neonstack.local.serve;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.neon.auth.SigningKeyPair;
import dev.neonstack.neon.auth.TokenCheck;
import dev.neonstack.neon.auth.TokenClaims;
import dev.neonstack.neon.auth.TokenSigner;
import dev.neonstack.neon.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the two servers ask for, made at the first start and kept in files of their owner only.
 *
 * @param apiKey the control plane's key
 * @param storageKey signs the tokens that storage accepts
 * @param storageToken lets its bearer do everything in storage
 */
public record LocalKeys(String apiKey, PublicPem storageKey, String storageToken) {

  private static final int RANDOM_BYTES = 32;
  private static final TokenClaims EVERYTHING = TokenClaims.of(Scope.PAGESERVERAPI, "local");

  /** The keys in the files; new ones where there are none. The caller holds the serving lock. */
  static LocalKeys ensure(LocalPaths paths) throws IOException {
    var publicFile = paths.storagePublicKeyFile();
    var kept = pair(paths.storageKeyFile(), publicFile);
    if (kept.isEmpty()) {
      var fresh = SigningKeyPair.draw();
      OwnerOnly.replace(publicFile, fresh.publicKey().text());
      OwnerOnly.replace(paths.storageKeyFile(), fresh.privateKey());
      kept = Optional.of(fresh);
    }
    var token = token(kept.get());
    if (!text(paths.storageTokenFile()).equals(Optional.of(token))) {
      OwnerOnly.replace(paths.storageTokenFile(), token + "\n");
    }
    return new LocalKeys(apiKey(paths.apiKeyFile()), kept.get().publicKey(), token);
  }

  /** The two halves, when they are there and belong together. */
  private static Optional<SigningKeyPair> pair(Path privateFile, Path publicFile)
      throws IOException {
    var privateHalf = text(privateFile);
    var publicHalf = text(publicFile);
    if (privateHalf.isEmpty() || publicHalf.isEmpty()) {
      return Optional.empty();
    }
    try {
      var pair = new SigningKeyPair(privateHalf.get(), PublicPem.parse(publicHalf.get()));
      return new TokenCheck(List.of(pair.publicKey())).claims(token(pair)).map(claims -> pair);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String token(SigningKeyPair pair) {
    return TokenSigner.of(pair.privateKey(), Optional.empty()).sign(EVERYTHING);
  }

  private static String apiKey(Path file) throws IOException {
    var kept = text(file);
    if (kept.isPresent()) {
      return kept.get();
    }
    var bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    var fresh = "neonstack_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    OwnerOnly.replace(file, fresh + "\n");
    return fresh;
  }

  private static Optional<String> text(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "LocalKeys[" + storageKey.keyId() + "]";
  }
}
