package dev.neonstack.neon.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.neon.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenSignerTest {
  private static final TenantId TENANT = TenantId.of("0123456789abcdef0123456789abcdef");

  /** The key of RFC 8032, test 1, which RFC 8037 uses too. */
  private static final String RFC_PRIVATE =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
      """;

  private static final String RFC_PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
      -----END PUBLIC KEY-----
      """;

  @Test
  void theKeyIdIsTheThumbprintOfTheRfc() {
    assertThat(PublicPem.parse(RFC_PUBLIC).keyId())
        .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    assertThat(PublicPem.parse(RFC_PUBLIC).text()).isEqualTo(RFC_PUBLIC);
  }

  @Test
  void aTokenHoldsItsClaimsAndNothingElse() {
    var claims =
        new TokenClaims(
            Scope.TENANT,
            Optional.of(TENANT),
            Optional.of("compute"),
            Optional.of(Instant.parse("2030-01-01T00:00:00Z")));
    var token = TokenSigner.of(RFC_PRIVATE, Optional.of("key-1")).sign(claims);

    assertThat(part(token, 0)).isEqualTo("{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"key-1\"}");
    assertThat(part(token, 1))
        .isEqualTo(
            "{\"scope\":\"tenant\",\"tenant_id\":\""
                + TENANT
                + "\",\"sub\":\"compute\",\"exp\":1893456000}");
  }

  @Test
  void whatIsNotGivenIsNotSaid() {
    var claims = new TokenClaims(Scope.ADMIN, Optional.empty(), Optional.empty(), Optional.empty());
    var token = TokenSigner.of(RFC_PRIVATE, Optional.empty()).sign(claims);

    assertThat(part(token, 0)).isEqualTo("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}");
    assertThat(part(token, 1)).isEqualTo("{\"scope\":\"admin\"}");
  }

  private static String part(String token, int index) {
    var decoded = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
    return new String(decoded, StandardCharsets.UTF_8);
  }

  @Test
  void equalClaimsGiveTheEqualToken() {
    var claims = TokenClaims.of(Scope.PAGESERVERAPI, "control-plane");
    assertThat(TokenSigner.of(RFC_PRIVATE, Optional.empty()).sign(claims))
        .isEqualTo(TokenSigner.of(RFC_PRIVATE, Optional.empty()).sign(claims))
        .isNotEqualTo(
            TokenSigner.of(RFC_PRIVATE, Optional.empty())
                .sign(TokenClaims.of(Scope.PAGESERVERAPI, "another")));
  }

  @Test
  void whileTwoKeysAreAcceptedTheTokensOfBothAre() {
    var old = SigningKeyPair.draw();
    var fresh = SigningKeyPair.draw();
    var claims = TokenClaims.of(Scope.SAFEKEEPERDATA, "pageserver");
    var signedBefore = TokenSigner.of(old.privateKey(), Optional.empty()).sign(claims);
    var signedAfter = TokenSigner.of(fresh.privateKey(), Optional.empty()).sign(claims);

    var both = new TokenCheck(List.of(old.publicKey(), fresh.publicKey()));
    assertThat(both.claims(signedBefore)).isPresent();
    assertThat(both.claims(signedAfter)).isPresent();
    var done = new TokenCheck(List.of(fresh.publicKey()));
    assertThat(done.claims(signedBefore)).isEmpty();
    assertThat(done.claims(signedAfter)).isPresent();
  }

  @Test
  void aTokenThatWasChangedIsRefused() {
    var key = SigningKeyPair.draw();
    var signer = TokenSigner.of(key.privateKey(), Optional.empty());
    var token = signer.sign(TokenClaims.of(Scope.INFRA, "a")).split("\\.", -1);
    var other = signer.sign(TokenClaims.of(Scope.ADMIN, "a")).split("\\.", -1);
    var check = new TokenCheck(List.of(key.publicKey()));

    assertThat(check.claims(token[0] + "." + other[1] + "." + token[2])).isEmpty();
    assertThat(check.claims("nonsense")).isEmpty();
  }

  @Test
  void aTokenIsWhatItHasAlwaysBeen() {
    var claims =
        new TokenClaims(
            Scope.TENANT,
            Optional.of(TENANT),
            Optional.of("a/b \"c\""),
            Optional.of(Instant.parse("2030-01-01T00:00:00Z")));

    assertThat(TokenSigner.of(RFC_PRIVATE, Optional.of("key-1")).sign(claims))
        .isEqualTo(
            "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCIsImtpZCI6ImtleS0xIn0."
                + "eyJzY29wZSI6InRlbmFudCIsInRlbmFudF9pZCI6IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJj"
                + "ZGVmIiwic3ViIjoiYS9iIFwiY1wiIiwiZXhwIjoxODkzNDU2MDAwfQ."
                + "WtvhnN989hOfbQiSh5gfBgtQlsSAbKJ8qbOaMicbaWur3QkdmEPntsYMY6hB00XrV8_lalOxXL3_1PhMcE99Dg");
  }

  @Test
  void whatIsNoTokenOfThisKindIsRefused() {
    var key = SigningKeyPair.draw();
    var token = TokenSigner.of(key.privateKey(), Optional.empty());
    var parts = token.sign(TokenClaims.of(Scope.INFRA, "a")).split("\\.", -1);
    var check = new TokenCheck(List.of(key.publicKey()));
    var unsigned = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";

    assertThat(check.claims(unsigned)).isEmpty();
    assertThat(check.claims(unsigned + parts[2])).isEmpty();
    assertThat(check.claims(base64("[]") + "." + parts[1] + "." + parts[2])).isEmpty();
    assertThat(check.claims(String.join(".", parts) + "!")).isEmpty();
    assertThat(check.claims(String.join(".", parts) + ".")).isEmpty();
    assertThat(check.claims(parts[0] + "." + parts[1] + ".AAAA")).isEmpty();
    assertThat(check.claims(String.join(".", parts))).isPresent();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aProjectBelongsToScopeTenantOnly() {
    assertThatThrownBy(() -> TokenClaims.of(Scope.TENANT, "a"))
        .hasMessage("a token of scope 'tenant' names no project; scope 'tenant' needs one");
    assertThatThrownBy(
            () ->
                new TokenClaims(
                    Scope.ADMIN, Optional.of(TENANT), Optional.empty(), Optional.empty()))
        .hasMessageContaining("scope 'admin' names a project");
  }

  @Test
  void aFailureDoesNotRepeatTheKey() {
    assertThatThrownBy(() -> TokenSigner.of("hunter2", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(
            () -> TokenSigner.of(RFC_PUBLIC.replace("PUBLIC KEY", "PRIVATE KEY"), Optional.empty()))
        .hasMessage("a private key is none of Ed25519");
  }

  @Test
  void aKeyIsGivenToComputesAsTheRfcWritesIt() {
    assertThat(PublicPem.parse(RFC_PUBLIC).jwk())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "kty", "OKP",
                "crv", "Ed25519",
                "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                "alg", "EdDSA",
                "use", "sig",
                "key_ops", List.of("verify"),
                "kid", "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
  }
}
