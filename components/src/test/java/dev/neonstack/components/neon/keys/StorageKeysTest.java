package dev.neonstack.components.neon.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.internal.PulumiTestInternal;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.auth.TokenCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StorageKeysTest {
  private static final Home HOME = new Home("neon", Output.of("neon"));

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  /** What one update of the stack leaves in the cluster. */
  private record Deployed(RecordedCluster cluster, List<String> versions) {
    Map<String, String> data(String secret) {
      var data = new TreeMap<String, String>();
      ((Map<?, ?>) cluster.the("Secret", secret).at("stringData"))
          .forEach((key, value) -> data.put(key.toString(), value.toString()));
      return data;
    }

    /** Tokens of storage by holder and entry; the hooks' token is none of them. */
    Map<String, String> tokens() {
      var tokens = new TreeMap<String, String>();
      for (var secret : cluster.ofKind("Secret")) {
        var name = secret.text("metadata", "name");
        data(name)
            .forEach(
                (key, value) -> {
                  if (!key.equals("control-plane") && !value.startsWith("-----")) {
                    tokens.put(name + "/" + key, value);
                  }
                });
      }
      return tokens;
    }

    TokenCheck accepted() {
      return new TokenCheck(
          data("storage-public-keys").values().stream().map(PublicPem::parse).toList());
    }
  }

  private static Deployed deploy(StorageKeysSpec spec) {
    var cluster = new RecordedCluster();
    var versions = new ArrayList<String>();
    cluster.run(
        context -> {
          var keys = new StorageKeys("keys", spec, HOME, ComponentResourceOptions.Empty);
          var secrets = keys.secrets();
          for (var entry : List.of(secrets.controllerToPageservers(), secrets.registrar())) {
            versions.add(PulumiTest.extractValue(entry.version()));
            assertThat(PulumiTestInternal.extractOutputData(entry.version()).isSecret()).isFalse();
          }
          versions.add(PulumiTest.extractValue(secrets.publicKeys().version()));
        });
    PulumiTest.cleanup();
    return new Deployed(cluster, versions);
  }

  @Test
  void everyHolderHasATokenOfItsOwnForEachScope() {
    var deployed = deploy(StorageKeysSpec.of("2026-11"));
    var claims = new TreeMap<String, String>();
    deployed
        .tokens()
        .forEach(
            (entry, token) ->
                claims.put(entry, deployed.accepted().claims(token).orElseThrow().toString()));

    assertThat(claims)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                claim("pageserver-tokens/controller", "generations_api", "pageserver"),
                claim("pageserver-tokens/drain", "infra", "pageserver"),
                claim("pageserver-tokens/safekeeper", "safekeeperdata", "pageserver"),
                claim("safekeeper-registrar-tokens/admin", "admin", "safekeeper-registrar"),
                claim("safekeeper-registrar-tokens/infra", "infra", "safekeeper-registrar"),
                claim("safekeeper-tokens/safekeeper", "safekeeperdata", "safekeeper"),
                claim(
                    "storage-controller-tokens/pageserver", "pageserverapi", "storage-controller"),
                claim("storage-controller-tokens/peer", "controller_peer", "storage-controller"),
                claim(
                    "storage-controller-tokens/safekeeper", "safekeeperdata", "storage-controller"),
                claim("storage-operator-tokens/admin", "admin", "operator"),
                claim("storage-operator-tokens/pageserver", "pageserverapi", "operator"),
                claim("storage-operator-tokens/safekeeper", "safekeeperdata", "operator")));
    assertThat(deployed.tokens().values()).doesNotHaveDuplicates();
  }

  private static Map.Entry<String, String> claim(String entry, String scope, String holder) {
    return Map.entry(entry, "{\"scope\":\"%s\",\"sub\":\"%s\"}".formatted(scope, holder));
  }

  @Test
  void theTokenOfTheHooksOpensNothingInStorage() {
    var deployed = deploy(StorageKeysSpec.of("2026-11"));
    var hooks = deployed.data("storage-controller-tokens").get("control-plane");

    assertThat(hooks.split("\\.", -1)).hasSize(3);
    assertThat(deployed.accepted().claims(hooks)).isEmpty();
  }

  @Test
  void duringARotationTokensOfBothKeysAreAccepted() {
    var before = deploy(StorageKeysSpec.of("old"));
    var added = deploy(new StorageKeysSpec(List.of("old", "new"), "old"));
    var switched = deploy(new StorageKeysSpec(List.of("old", "new"), "new"));
    var done = deploy(StorageKeysSpec.of("new"));

    assertThat(added.tokens()).isEqualTo(before.tokens());
    assertThat(added.data("storage-public-keys").keySet()).containsExactly("new.pem", "old.pem");
    for (var mixed : List.of(added, switched)) {
      assertThat(before.tokens().values())
          .allSatisfy(token -> assertThat(mixed.accepted().claims(token)).isPresent());
      assertThat(done.tokens().values())
          .allSatisfy(token -> assertThat(mixed.accepted().claims(token)).isPresent());
    }
    assertThat(switched.tokens()).isEqualTo(done.tokens());
    assertThat(before.tokens().values())
        .allSatisfy(token -> assertThat(done.accepted().claims(token)).isEmpty());
  }

  @Test
  void versionsChangeWithTheKeyAndWithNothingElse() {
    var before = deploy(StorageKeysSpec.of("old"));
    var added = deploy(new StorageKeysSpec(List.of("old", "new"), "old"));
    var switched = deploy(new StorageKeysSpec(List.of("new", "old"), "new"));

    assertThat(deploy(StorageKeysSpec.of("old")).versions()).isEqualTo(before.versions());
    assertThat(added.versions().subList(0, 2)).isEqualTo(before.versions().subList(0, 2));
    assertThat(added.versions().get(2)).isNotEqualTo(before.versions().get(2));
    assertThat(switched.versions().get(2)).isEqualTo(added.versions().get(2));
    assertThat(switched.versions().subList(0, 2))
        .doesNotContainAnyElementsOf(before.versions().subList(0, 2));
  }

  @Test
  void theControllersOneKeyIsTheOneThatSigns() {
    var switched = deploy(new StorageKeysSpec(List.of("old", "new"), "new"));
    assertThat(switched.data("storage-controller-tokens").get("public-key"))
        .isEqualTo(switched.data("storage-public-keys").get("new.pem"));
  }

  @Test
  void keysThatWouldLockStorageAreRefused() {
    assertThatThrownBy(() -> new StorageKeysSpec(List.of("a"), "b"))
        .hasMessage(
            "signing key is 'b', whose tokens storage would refuse; expected one of the accepted keys"
                + " [a]");
    assertThatThrownBy(() -> StorageKeysSpec.of("Not a name"))
        .hasMessageStartingWith("signing key 'Not a name' has no name for a key; expected 1 to 40");
    assertThatThrownBy(() -> new StorageKeysSpec(List.of("a", "a"), "a"))
        .hasMessage("accepted signing keys are [a, a]; expected each name once");
  }
}
