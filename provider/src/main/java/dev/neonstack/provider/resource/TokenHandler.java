package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.neon.auth.TokenClaims;
import dev.neonstack.neon.auth.TokenSigner;
import dev.neonstack.provider.resource.TokenHandler.SignedToken;
import dev.neonstack.provider.resource.TokenHandler.TokenInputs;
import dev.neonstack.provider.table.Formats;
import dev.neonstack.provider.table.Problems;
import dev.neonstack.provider.table.Property;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Secret;
import dev.neonstack.provider.value.Value.Text;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tokens for storage: equal inputs give the equal token, so nothing rolls without a cause. */
final class TokenHandler implements ResourceHandler<TokenInputs, SignedToken> {
  private static final int LONGEST = 256;
  private static final String SCOPES =
      Arrays.stream(Scope.values()).map(Scope::word).collect(Collectors.joining(", "));
  private static final PropertyTable TABLE =
      new PropertyTable(
          Property.text("privateKey").need(),
          printable("keyId"),
          Property.text("scope")
              .onlyText("one of " + SCOPES, text -> Scope.of(text).isPresent())
              .need(),
          Property.text("tenantId")
              .onlyText(
                  Formats.ID_FORM + ", the tenantId of a Project",
                  text -> Formats.tenant(text).isPresent())
              .as(Formats.normal(Formats::tenant)),
          printable("subject"),
          Inputs.instant("expiresAt"));

  private static Property printable(String name) {
    return Property.text(name)
        .onlyText(
            "1 to 256 printable ASCII characters",
            text ->
                !text.isBlank()
                    && text.length() <= LONGEST
                    && text.chars().allMatch(c -> c >= ' ' && c <= '~'));
  }

  /** What a token is signed with, and what it says. */
  record TokenInputs(String privateKey, Optional<String> keyId, TokenClaims claims) {
    @Override
    public String toString() {
      return "TokenInputs[claims=" + claims + "]";
    }
  }

  /** A token; the key that signed it is in the inputs only. */
  record SignedToken(String jwt, Optional<String> keyId, TokenClaims claims) {
    @Override
    public String toString() {
      return "SignedToken[claims=" + claims + "]";
    }
  }

  @Override
  public String type() {
    return "Token";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> computed() {
    return Set.of("jwt");
  }

  @Override
  public Set<String> secrets() {
    return Set.of("jwt", "privateKey");
  }

  @Override
  public Set<String> unsettledBy(List<String> changed) {
    return changed.isEmpty() ? Set.of() : Set.of("jwt");
  }

  @Override
  public void check(Props olds, Props inputs, Instant now, Problems problems) {
    if (inputs.text("privateKey").filter(key -> !isKey(key)).isPresent()) {
      problems.add(
          "privateKey",
          "privateKey is none (its value is not shown); expected an Ed25519 key in PKCS#8 PEM, the"
              + " privateKey of a SigningKey");
    }
    var scope = inputs.text("scope").flatMap(Scope::of);
    if (scope.equals(Optional.of(Scope.TENANT)) && !inputs.has("tenantId")) {
      problems.add("tenantId", "tenantId is missing; scope 'tenant' is one project's, so name it");
    }
    if (scope.filter(other -> other != Scope.TENANT).isPresent() && inputs.has("tenantId")) {
      problems.add(
          "tenantId",
          "tenantId is given with scope '"
              + scope.get().word()
              + "'; only scope 'tenant' is one project's, so leave it out");
    }
  }

  private static boolean isKey(String text) {
    try {
      TokenSigner.of(text, Optional.empty());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A private key is a secret, whoever wrote it down without saying so. */
  @Override
  public Props complete(Draw draw, Props olds, Props inputs) {
    var key = inputs.marked("privateKey");
    return key instanceof Text
        ? inputs.toBuilder().put("privateKey", new Secret(key)).build()
        : inputs;
  }

  @Override
  public TokenInputs inputs(Props inputs) {
    return new TokenInputs(inputs.requireText("privateKey"), inputs.text("keyId"), claims(inputs));
  }

  @Override
  public SignedToken state(Props state) {
    return new SignedToken(state.requireText("jwt"), state.text("keyId"), claims(state));
  }

  private static TokenClaims claims(Props props) {
    return new TokenClaims(
        Scope.of(props.requireText("scope")).orElseThrow(),
        props.text("tenantId").map(TenantId::of),
        props.text("subject"),
        props.text("expiresAt").flatMap(Formats::instant));
  }

  @Override
  public Props inputProps(TokenInputs inputs) {
    return props(inputs.keyId(), inputs.claims()).put("privateKey", inputs.privateKey()).build();
  }

  @Override
  public Props stateProps(SignedToken state) {
    return props(state.keyId(), state.claims()).put("jwt", state.jwt()).build();
  }

  private static Props.Builder props(Optional<String> keyId, TokenClaims claims) {
    return Props.builder()
        .put("keyId", keyId)
        .put("scope", Value.of(claims.scope().word()))
        .put("tenantId", claims.tenant().map(TenantId::value))
        .put("subject", claims.subject())
        .put("expiresAt", claims.expiresAt().map(Instant::toString));
  }

  @Override
  public Created<SignedToken> create(Call call, TokenInputs inputs) {
    var signed = sign(call, inputs);
    return new Created<>(inputs.claims().scope().word() + "/" + name(call.urn()), signed);
  }

  private static String name(String urn) {
    return urn.substring(urn.lastIndexOf("::") + 2);
  }

  private static SignedToken sign(Call call, TokenInputs inputs) {
    var claims = inputs.claims();
    if (claims.expiresAt().filter(end -> !end.isAfter(call.clock().instant())).isPresent()) {
      throw new RefusedException(
          "expiresAt is '"
              + claims.expiresAt().get()
              + "', which is past; a token that is never accepted is not signed. Give a later moment"
              + " or leave it out");
    }
    var jwt = TokenSigner.of(inputs.privateKey(), inputs.keyId()).sign(claims);
    return new SignedToken(jwt, inputs.keyId(), claims);
  }

  @Override
  public Optional<Found<TokenInputs, SignedToken>> read(
      Call call, String id, Optional<TokenInputs> inputs, Optional<SignedToken> state) {
    if (inputs.isEmpty() || state.isEmpty()) {
      throw new RefusedException(
          "token '"
              + id
              + "' cannot be imported: no server keeps it. Declare it instead; the same key and claims"
              + " sign the same token again");
    }
    return Optional.of(new Found<>(inputs.get(), state.get()));
  }

  @Override
  public SignedToken update(Call call, String id, SignedToken state, TokenInputs inputs) {
    return sign(call, inputs);
  }

  @Override
  public void delete(Call call, String id, SignedToken state) {
    // No server keeps it; what it opens closes when the key that signed it is no longer accepted.
  }
}
