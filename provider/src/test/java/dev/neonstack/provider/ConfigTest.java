package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ProviderHandshakeRequest;

class ConfigTest {
  private final Engine engine = new Engine();

  @AfterEach
  void close() {
    engine.close();
  }

  private CheckResponse check(Props.Builder config) {
    return engine
        .provider()
        .checkConfig(
            CheckRequest.newBuilder()
                .setUrn("urn:pulumi:test::test::pulumi:providers:neonstack::default")
                .setNews(Structs.struct(config.build()))
                .build());
  }

  @Test
  void allProblemsAreToldAtOnceAndNoTokenIsRepeated() {
    var answer =
        check(
            Props.builder()
                .put("target", "moon")
                .put("storageUrl", "ftp://x")
                .put("storageDialect", "latin")
                .put("storageToken", new Secret(Value.of("two words")))
                .put("caFile", "/nowhere/ca.pem"));

    assertThat(answer.getFailuresList())
        .extracting(CheckFailure::getReason)
        .containsExactlyInAnyOrder(
            "target is 'moon'; expected local",
            "storageDialect is 'latin'; expected controller or pageserver",
            "storageUrl is 'ftp://x'; expected http://HOST:PORT or https://HOST:PORT",
            "storageToken holds a space, a line break or nothing; expected one token",
            "caFile is '/nowhere/ca.pem'; expected the path of a readable PEM file",
            "target and storageUrl are both given; expected one of them, so leave one out");
  }

  @Test
  void whatBelongsToStorageNeedsItsUrl() {
    assertThat(check(Props.builder().put("controlPlaneUrl", "http://x:1")).getFailuresList())
        .extracting(CheckFailure::getProperty)
        .containsExactly("controlPlaneUrl");
  }

  @Test
  void aClusterExcludesOtherWaysToStorage() {
    var both = Props.builder().put("context", "prod").put("namespace", "neon");
    assertThat(check(both.put("target", "local").put("storageUrl", "http://x:1")).getFailuresList())
        .extracting(CheckFailure::getReason)
        .containsExactlyInAnyOrder(
            "target and storageUrl are both given; expected one of them, so leave one out",
            "target is given beside context, namespace, which say that storage is in a cluster;"
                + " leave target or them out",
            "storageUrl is given beside context, namespace, which say that storage is in a cluster;"
                + " leave storageUrl or them out");
  }

  @Test
  void aTokenAndAKubeconfigBelongToACluster() {
    var config = Props.builder().put("kubeconfig", "a: b").put("storageToken", "jwt");
    var answer = check(config);
    assertThat(answer.getFailuresList()).isEmpty();
    assertThat(Structs.props(answer.getInputs()).marked("kubeconfig"))
        .isEqualTo(new Secret(Value.of("a: b")));
  }

  @Test
  void theProgramsOwnSettingsAreLeftAlone() {
    var answer = check(Props.builder().put("branches", "{\"main\":{}}").put("target", "local"));
    assertThat(answer.getFailuresList()).isEmpty();
    assertThat(Structs.props(answer.getInputs()).names()).containsExactly("target");
  }

  @Test
  void tokensAreKeptAsSecrets() {
    var config = Props.builder().put("storageUrl", "http://x:1").put("storageToken", "jwt");
    assertThat(Structs.props(check(config).getInputs()).marked("storageToken"))
        .isEqualTo(new Secret(Value.of("jwt")));
  }

  @Test
  void secretsAndPreviewsAreSpoken() {
    var handshake = engine.provider().handshake(ProviderHandshakeRequest.getDefaultInstance());
    assertThat(handshake.getAcceptSecrets()).isTrue();
    var configured = engine.provider().configure(ConfigureRequest.getDefaultInstance());
    assertThat(configured.getAcceptSecrets()).isTrue();
    assertThat(configured.getSupportsPreview()).isTrue();
  }
}
