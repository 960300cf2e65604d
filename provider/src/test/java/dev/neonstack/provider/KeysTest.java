package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.auth.TokenCheck;
import dev.neonstack.provider.Engine.Resource;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Secret;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.DiffResponse.DiffChanges;

class KeysTest {
  private static final String TENANT = "0123456789abcdef0123456789abcdef";

  private final Engine engine = new Engine();

  @AfterEach
  void close() {
    engine.close();
  }

  private Resource key(String name) {
    return engine.create("SigningKey", name, Props.EMPTY);
  }

  private static Props.Builder signedWith(Resource key, String scope) {
    return Props.builder()
        .put("privateKey", key.state().marked("privateKey"))
        .put("keyId", key.state().requireText("keyId"))
        .put("scope", scope);
  }

  private static TokenCheck accepting(Resource... keys) {
    return new TokenCheck(
        List.of(keys).stream()
            .map(key -> PublicPem.parse(key.state().requireText("publicKey")))
            .toList());
  }

  private static String jwt(Resource token) {
    return token.state().requireText("jwt");
  }

  @Test
  void aKeyIsDrawnOnceAndItsPrivateHalfIsASecret() {
    var key = key("storage");

    assertThat(key.state().marked("privateKey")).isInstanceOf(Secret.class);
    assertThat(key.state().requireText("publicKey")).startsWith("-----BEGIN PUBLIC KEY-----");
    assertThat(key.id()).isEqualTo(key.state().requireText("keyId"));
    assertThat(engine.read(key)).contains(key);
    assertThat(engine.diff(key, Props.EMPTY).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    assertThat(key("other").id()).isNotEqualTo(key.id());
  }

  @Test
  void aKeyTakesNoInput() {
    assertThat(engine.failures("SigningKey", Props.builder().put("bits", 4096).build()))
        .containsExactly("there is no property 'bits'; expected none");
  }

  @Test
  void aTokenIsSignedByItsKeyAndSaysWhatWasAsked() {
    var key = key("storage");
    var inputs =
        signedWith(key, "tenant")
            .put("tenantId", TENANT.toUpperCase(Locale.ROOT))
            .put("subject", "compute")
            .put("expiresAt", "2100-01-01T01:00:00+01:00");
    var token = engine.create("Token", "compute", inputs.build());

    assertThat(accepting(key).claims(jwt(token)).orElseThrow().toString())
        .isEqualTo(
            "{\"scope\":\"tenant\",\"tenant_id\":\""
                + TENANT
                + "\",\"sub\":\"compute\",\"exp\":4102444800}");
    assertThat(accepting(key("other")).claims(jwt(token))).isEmpty();
  }

  @Test
  void nothingIsSignedAgainWithoutACause() {
    var key = key("storage");
    var inputs = signedWith(key, "admin").put("subject", "operator").build();
    var token = engine.create("Token", "admin", inputs);

    assertThat(engine.create("Token", "admin", inputs)).isEqualTo(token);
    assertThat(engine.diff(token, inputs).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    assertThat(engine.read(token)).contains(token);
    assertThat(token.state().has("privateKey")).isFalse();
  }

  @Test
  void aTokenAndAKeyInTheWrongHandsAreSecretsInTheState() {
    var key = key("storage");
    var clear = Value.of(key.state().requireText("privateKey"));
    var token =
        engine.create("Token", "t", signedWith(key, "infra").put("privateKey", clear).build());

    assertThat(token.inputs().marked("privateKey")).isInstanceOf(Secret.class);
    assertThat(token.state().marked("jwt")).isInstanceOf(Secret.class);
  }

  @Test
  void rotatingSignsTheTokenAgainInPlace() {
    var old = key("old");
    var fresh = key("fresh");
    var token = engine.create("Token", "admin", signedWith(old, "admin").build());
    var wanted = signedWith(fresh, "admin").build();

    assertThat(engine.diff(token, wanted).getReplacesList()).isEmpty();
    assertThat(engine.previewUpdate(token, wanted).marked("jwt").hasUnknown()).isTrue();
    var rotated = engine.update(token, wanted);
    assertThat(rotated.id()).isEqualTo(token.id());
    assertThat(accepting(old, fresh).claims(jwt(token))).isPresent();
    assertThat(accepting(old, fresh).claims(jwt(rotated))).isPresent();
    assertThat(accepting(fresh).claims(jwt(token))).isEmpty();
  }

  @Test
  void whatDoesNotFitIsToldWithoutTheKey() {
    var wrong =
        Props.builder().put("privateKey", "hunter2").put("scope", "root").put("expiresAt", "soon");
    assertThat(engine.failures("Token", wrong.build()))
        .containsExactlyInAnyOrder(
            "scope is 'root'; expected one of tenant, pageserverapi, safekeeperdata,"
                + " generations_api, admin, infra, scrubber, controller_peer",
            "expiresAt is 'soon'; expected a moment in RFC 3339, such as 2026-11-23T09:00:00Z",
            "privateKey is none (its value is not shown); expected an Ed25519 key in PKCS#8 PEM,"
                + " the privateKey of a SigningKey");
  }

  @Test
  void aProjectIsNamedForScopeTenantOnly() {
    var key = key("storage");
    assertThat(engine.failures("Token", signedWith(key, "tenant").build()))
        .containsExactly("tenantId is missing; scope 'tenant' is one project's, so name it");
    assertThat(engine.failures("Token", signedWith(key, "admin").put("tenantId", TENANT).build()))
        .containsExactly(
            "tenantId is given with scope 'admin'; only scope 'tenant' is one project's, so leave it"
                + " out");
  }

  @Test
  void aTokenThatHasEndedIsNotSigned() {
    var ended = signedWith(key("k"), "admin").put("expiresAt", "2020-01-01T00:00:00Z").build();
    assertThatThrownBy(() -> engine.create("Token", "t", ended))
        .hasMessageContaining("expiresAt is '2020-01-01T00:00:00Z', which is past");
  }

  @Test
  void neitherCanBeImported() {
    assertThatThrownBy(() -> engine.importById("SigningKey", "k", "abc"))
        .hasMessageContaining(
            "signing key 'abc' cannot be imported: its private half is in the state");
    assertThatThrownBy(() -> engine.importById("Token", "t", "admin/t"))
        .hasMessageContaining("token 'admin/t' cannot be imported: no server keeps it");
  }
}
