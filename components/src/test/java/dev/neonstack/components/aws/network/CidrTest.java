package dev.neonstack.components.aws.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "10.20.0.0/16", "255.255.255.255/32", "192.168.12.128/25"})
  void aNetworkIsWrittenAsItWasRead(String text) {
    assertThat(Cidr.isCidr(text)).isTrue();
    assertThat(Cidr.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1/16",
        "10.0.0.0",
        "10.0.0/16",
        "10.0.0.0/33",
        "256.0.0.0/8",
        "010.0.0.0/8",
        "10.0.0.0/08",
        "fd00::/8",
        "10.128.0.0/8",
        ""
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThat(Cidr.isCidr(text)).isFalse();
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' is not a network; expected %s", text, Cidr.EXPECTED);
  }

  @Test
  void aRecordCannotHoldWhatCannotBeRead() {
    assertThatThrownBy(() -> new Cidr(1, 31)).hasMessageContaining("1/31 is not a network");
    assertThatThrownBy(() -> new Cidr(0, 33)).hasMessageContaining("0/33 is not a network");
    assertThatThrownBy(() -> new Cidr(1L << 32, 0)).hasMessageContaining("beyond the last");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/16, 10.0.128.0/17, true",
    "10.0.0.0/16, 10.0.0.0/16, true",
    "10.0.0.0/16, 10.0.0.0/8, false",
    "10.0.0.0/16, 10.1.0.0/16, false",
    "0.0.0.0/0, 255.0.0.0/8, true"
  })
  void itContainsWhatLiesWithin(String outer, String inner, boolean contained) {
    assertThat(Cidr.parse(outer).contains(Cidr.parse(inner))).isEqualTo(contained);
  }

  @Test
  void twoOverlapWhicheverIsTheLarger() {
    var large = Cidr.parse("10.0.0.0/8");
    var small = Cidr.parse("10.9.8.0/24");

    assertThat(large.overlaps(small)).isTrue();
    assertThat(small.overlaps(large)).isTrue();
    assertThat(small.overlaps(Cidr.parse("10.9.9.0/24"))).isFalse();
  }

  @Test
  void itIsSplitIntoEqualPartsThatFillIt() {
    assertThat(Cidr.parse("10.0.0.0/16").split(3))
        .extracting(Cidr::toString)
        .containsExactly("10.0.0.0/18", "10.0.64.0/18", "10.0.128.0/18", "10.0.192.0/18");
    assertThat(Cidr.parse("10.0.0.0/16").split(4)).hasSize(4);
    assertThat(Cidr.parse("10.0.0.0/16").split(1)).containsExactly(Cidr.parse("10.0.0.0/16"));
    assertThatThrownBy(() -> Cidr.parse("10.0.0.0/31").split(3))
        .hasMessage("10.0.0.0/31 cannot be split into 3");
    assertThatThrownBy(() -> Cidr.parse("10.0.0.0/31").split(0))
        .hasMessageContaining("cannot be split into 0");
  }
}
