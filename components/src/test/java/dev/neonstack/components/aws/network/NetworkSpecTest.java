package dev.neonstack.components.aws.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkSpecTest {
  private static final String REGION = "eu-central-1";

  @Test
  void subnetsLieInTheVpcAndApartFromEachOther() {
    for (var zones : List.of("ab", "abc", "abcd", "abcdef")) {
      var spec = spec("10.20.0.0/22", zones);
      var subnets =
          Stream.concat(spec.privateSubnets().stream(), spec.publicSubnets().stream()).toList();

      assertThat(subnets).hasSize(2 * zones.length()).allMatch(spec.cidr()::contains);
      for (var one : subnets) {
        assertThat(subnets.stream().filter(one::overlaps)).containsExactly(one);
      }
      assertThat(subnets).allMatch(subnet -> subnet.prefix() <= 28);
    }
  }

  @Test
  void privateSubnetsAreTheLargeOnes() {
    var spec = spec("10.20.0.0/16", "abc");

    assertThat(spec.privateSubnets())
        .extracting(Cidr::toString)
        .containsExactly("10.20.0.0/18", "10.20.64.0/18", "10.20.128.0/18");
    assertThat(spec.publicSubnets())
        .extracting(Cidr::toString)
        .containsExactly("10.20.192.0/20", "10.20.208.0/20", "10.20.224.0/20");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/15", "10.0.0.0/23"})
  void aVpcOfAnotherSizeIsRefused(String cidr) {
    assertThatThrownBy(() -> spec(cidr, "ab"))
        .hasMessage("cidr is %s; expected a network from /16 to /22", cidr);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "", "aa"})
  void fewerThanTwoZonesAreRefused(String letters) {
    assertThatThrownBy(() -> spec("10.0.0.0/16", letters))
        .hasMessageContaining("expected two or more, each once");
  }

  @ParameterizedTest
  @CsvSource({"eu-west-1a", "eu-central-1", "eu-central-1-ham-1a", "a"})
  void aZoneOfAnotherRegionIsRefused(String zone) {
    assertThatThrownBy(() -> spec(REGION, List.of(REGION + "a", zone), Optional.empty()))
        .hasMessage(
            "zone is '%s'; expected one of eu-central-1, such as eu-central-1a".formatted(zone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"frankfurt", "cn-north-1", "us-gov-west-1", "eu-central-1a", ""})
  void aRegionThatIsNotServedIsRefused(String region) {
    assertThatThrownBy(() -> spec(region, List.of("a", "b"), Optional.empty()))
        .hasMessage("region is '%s'; expected a region such as eu-central-1", region);
  }

  @Test
  void flowLogsAreKeptOnlyAsCloudWatchCan() {
    assertThatThrownBy(() -> spec(REGION, List.of(REGION + "a", REGION + "b"), Optional.of(10)))
        .hasMessageStartingWith("flowLogDays is 10; expected days as one of [1, 3, 5, 7, 14,");
  }

  private static NetworkSpec spec(String cidr, String letters) {
    var zones = letters.chars().mapToObj(letter -> REGION + (char) letter).toList();
    return new NetworkSpec(
        "neon", REGION, Cidr.parse(cidr), zones, NatGateways.ONE, Optional.empty(), List.of());
  }

  private static NetworkSpec spec(String region, List<String> zones, Optional<Integer> days) {
    return new NetworkSpec("neon", region, Networks.VPC, zones, NatGateways.ONE, days, List.of());
  }
}
