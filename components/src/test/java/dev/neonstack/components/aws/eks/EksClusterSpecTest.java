package dev.neonstack.components.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.components.aws.network.Cidr;
import dev.neonstack.components.aws.network.Networks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EksClusterSpecTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "1neon", "neon_db", "neon.db", "-neon"})
  void aNameIsRefusedThatEksOrOurOtherNamesCannotHave(String name) {
    assertThatThrownBy(() -> spec(name, Clusters.SERVICES, Map.of(), 90))
        .hasMessage("name is '%s'; expected %s", name, EksClusterSpec.NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.20.4.0/22", "10.0.0.0/8", "10.21.0.0/25", "100.64.0.0/16", "10.16.0.0/12"})
  void addressesOfServicesThatEksRefusesAreRefused(String services) {
    assertThatThrownBy(() -> spec("neon", Cidr.parse(services), Map.of(), 90))
        .hasMessageStartingWith(
            "serviceCidr is %s and the VPC is 10.20.0.0/16; expected a network from /12 to /24"
                .formatted(services));
  }

  @Test
  void theWholeInternetIsRefused() {
    assertThatThrownBy(() -> Clusters.reachedFrom(Cidr.parse("198.51.100.0/24"), Cidr.EVERYWHERE))
        .hasMessage(
            "publicAccess has 0.0.0.0/0, the whole internet; expected networks that people come"
                + " from");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "platform",
        "arn:aws:iam::123456789012:root",
        "arn:aws:sts::123456789012:assumed-role/platform/me",
        "arn:aws:iam::12345:role/platform",
        "arn:aws:iam::123456789012:role/"
      })
  void anAdministratorIsARoleOrUser(String arn) {
    assertThat(PrincipalArn.isPrincipal(arn)).isFalse();
    assertThatThrownBy(() -> new PrincipalArn(arn))
        .hasMessage("'%s' is not %s", arn, PrincipalArn.EXPECTED);
  }

  @Test
  void aNameOfAnAdministratorIsPlain() {
    assertThatThrownBy(
            () -> spec("neon", Clusters.SERVICES, Map.of("The Boss", Clusters.ADMIN), 90))
        .hasMessageStartingWith("administrator is 'The Boss'; expected a name of small letters");
  }

  @Test
  void logsAreKeptOnlyAsCloudWatchCan() {
    assertThatThrownBy(() -> spec("neon", Clusters.SERVICES, Map.of(), 91))
        .hasMessageStartingWith("logDays is 91; expected days as one of [1, 3,");
  }

  @Test
  void aVersionOfAnAddonIsWrittenInFull() {
    assertThatThrownBy(() -> new AddonVersions(Map.of(EksAddon.COREDNS, "1.11")))
        .hasMessage("version of coredns is '1.11'; expected a version such as v1.20.4-eksbuild.2");
  }

  private static EksClusterSpec spec(
      String name, Cidr services, Map<String, PrincipalArn> administrators, int logDays) {
    return new EksClusterSpec(
        name,
        EksVersion.DEFAULT,
        Networks.VPC,
        services,
        List.of(),
        administrators,
        Set.of(),
        logDays,
        false,
        AddonVersions.NONE);
  }
}
