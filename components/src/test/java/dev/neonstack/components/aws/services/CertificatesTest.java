package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.aws.RecordedAccount;
import dev.neonstack.components.neon.kube.Home;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CertificatesTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final RecordedAccount account = new RecordedAccount();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void issuerAndCertificateAreAsInTheGoldenFile() {
    cluster.run(context -> declare());

    Golden.assertSame("aws-cert-manager", cluster);
  }

  @Test
  void theProxyIsRestartedByWhatIsInTheGoldenFile() {
    cluster.run(context -> new Reloader("reloader", home(), null));

    Golden.assertSame("aws-reloader", cluster);
  }

  @Test
  void nothingIsAskedForBeforeWhoGivesIt() {
    cluster.run(context -> declare());

    assertThat(cluster.before("ClusterIssuer", "certificates")).contains("Release certificates");
    assertThat(cluster.before("Certificate", "proxy")).contains("ClusterIssuer certificates");
  }

  @Test
  void itMayProveItsDomainAndWriteNoOtherRecord() {
    account.run(context -> declare());

    Policies.assertTrustsOnly(
        account, "certificates", "system:serviceaccount:cert-manager:cert-manager");
    Policies.assertLeast(account, "certificates", Set.of());
    var prove = Policies.statement(account, "certificates", "ProveDomain");
    assertThat(Policies.texts(prove.at("/Resource")))
        .containsExactly("arn:aws:route53:::hostedzone/Z0123456789ABC");
    assertThat(prove.at("/Condition").toString())
        .isEqualTo(
            "{\"ForAllValues:StringEquals\":"
                + "{\"route53:ChangeResourceRecordSetsRecordTypes\":[\"TXT\"]}}");
  }

  @Test
  void everythingBelongsToItsComponent() {
    account.run(context -> declare());

    assertThat(account.parents().values())
        .containsOnly(
            "CertManager certificates", "ProxyCertificate proxy", "WorkloadRole certificates");
  }

  @Test
  void whatIsNoDirectoryOrNoSecretIsRefused() {
    assertThatThrownBy(
            () ->
                new CertManager.Spec(
                    Clusters.irsa(), Clusters.ZONE, "letsencrypt", Optional.empty()))
        .hasMessageContaining("server is 'letsencrypt'; expected the URL of an ACME directory");
    assertThatThrownBy(() -> new ProxyCertificate.Spec(home(), Clusters.ZONE, "Proxy"))
        .hasMessageContaining("secret is 'Proxy'; expected a name of lower case letters");
  }

  private static void declare() {
    var manager =
        new CertManager(
            "certificates",
            new CertManager.Spec(
                Clusters.irsa(),
                Clusters.ZONE,
                CertManager.LETS_ENCRYPT,
                Optional.of("platform@example.com")),
            null);
    new ProxyCertificate(
        "proxy",
        new ProxyCertificate.Spec(home(), Clusters.ZONE, "proxy-tls"),
        manager.workload(),
        null);
  }

  private static Home home() {
    return new Home("neon", Output.of("neon"));
  }
}
