package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.aws.RecordedAccount;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExternalDnsTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final RecordedAccount account = new RecordedAccount();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void itIsAsInTheGoldenFile() {
    cluster.run(context -> new ExternalDns("dns", spec(), null));

    Golden.assertSame("aws-external-dns", cluster);
  }

  @Test
  void itMayChangeRecordsOfItsZoneOnly() {
    account.run(context -> new ExternalDns("dns", spec(), null));

    Policies.assertTrustsOnly(account, "dns", "system:serviceaccount:external-dns:external-dns");
    Policies.assertLeast(account, "dns", Set.of("FindZone"));
    assertThat(Policies.texts(Policies.statement(account, "dns", "FindZone").at("/Action")))
        .containsExactly("route53:ListHostedZones");
    assertThat(Policies.texts(Policies.statement(account, "dns", "KeepRecords").at("/Resource")))
        .containsExactly("arn:aws:route53:::hostedzone/Z0123456789ABC");
  }

  @Test
  void everythingBelongsToIt() {
    account.run(context -> new ExternalDns("dns", spec(), null));

    assertThat(account.parents().values()).containsOnly("ExternalDns dns", "WorkloadRole dns");
  }

  @Test
  void whatIsNoZoneOrNoDomainIsRefused() {
    assertThatThrownBy(() -> new HostedZone("example.com", "db.example.com"))
        .hasMessageContaining("hosted zone is 'example.com'; expected its id");
    assertThatThrownBy(() -> new HostedZone("Z0123456789ABC", "*.example.com"))
        .hasMessageContaining("domain is '*.example.com'; expected a name such as");
    assertThatThrownBy(() -> new HostedZone("Z0123456789ABC", "a".repeat(60) + ".org"))
        .hasMessageContaining("of 62 characters at most");
  }

  private static ExternalDns.Spec spec() {
    return new ExternalDns.Spec(Clusters.irsa(), Clusters.ZONE);
  }
}
