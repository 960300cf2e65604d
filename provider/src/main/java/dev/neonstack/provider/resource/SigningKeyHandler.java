package dev.neonstack.provider.resource;

import dev.neonstack.neon.auth.SigningKeyPair;
import dev.neonstack.provider.resource.SigningKeyHandler.NoInputs;
import dev.neonstack.provider.resource.SigningKeyHandler.SigningKey;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import java.util.Optional;
import java.util.Set;

/** Signing keys: drawn once, and from then on what the state of the stack says. */
final class SigningKeyHandler implements ResourceHandler<NoInputs, SigningKey> {
  private static final PropertyTable TABLE = new PropertyTable();

  /** A key is made from nothing but chance. */
  record NoInputs() {}

  /** A key that was drawn. */
  record SigningKey(String privateKey, String publicKey, String keyId) {
    @Override
    public String toString() {
      return "SigningKey[" + keyId + "]";
    }
  }

  @Override
  public String type() {
    return "SigningKey";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> computed() {
    return Set.of("privateKey", "publicKey", "keyId");
  }

  @Override
  public Set<String> secrets() {
    return Set.of("privateKey");
  }

  @Override
  public NoInputs inputs(Props inputs) {
    return new NoInputs();
  }

  @Override
  public SigningKey state(Props state) {
    return new SigningKey(
        state.requireText("privateKey"),
        state.requireText("publicKey"),
        state.requireText("keyId"));
  }

  @Override
  public Props inputProps(NoInputs inputs) {
    return Props.EMPTY;
  }

  @Override
  public Props stateProps(SigningKey state) {
    return Props.builder()
        .put("privateKey", state.privateKey())
        .put("publicKey", state.publicKey())
        .put("keyId", state.keyId())
        .build();
  }

  @Override
  public Created<SigningKey> create(Call call, NoInputs inputs) {
    var drawn = SigningKeyPair.draw();
    var keyId = drawn.publicKey().keyId();
    return new Created<>(
        keyId, new SigningKey(drawn.privateKey(), drawn.publicKey().text(), keyId));
  }

  @Override
  public Optional<Found<NoInputs, SigningKey>> read(
      Call call, String id, Optional<NoInputs> inputs, Optional<SigningKey> state) {
    var kept =
        state.orElseThrow(
            () ->
                new RefusedException(
                    "signing key '"
                        + id
                        + "' cannot be imported: its private half is in the state of the stack that"
                        + " made it and nowhere else. Declare a new SigningKey and rotate to it"));
    return Optional.of(new Found<>(new NoInputs(), kept));
  }

  @Override
  public SigningKey update(Call call, String id, SigningKey state, NoInputs inputs) {
    return state;
  }

  @Override
  public void delete(Call call, String id, SigningKey state) {
    // It is nowhere but in the state, which the engine removes it from.
  }
}
