package dev.neonstack.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {

  @ParameterizedTest
  @CsvSource({"0/14d8ab0,0/14D8AB0", "00000000/014D8AB0,0/14D8AB0", "A/0,A/0", "'0/1 ',0/1"})
  void isPrintedAsNeonPrintsIt(String given, String printed) {
    assertThat(Lsn.parse(given)).hasToString(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "", "123", "0/", "/1", "0/1FFFFFFFF", "1FFFFFFFF/0", "0/1/2"})
  void whatNeonWouldTurnIntoAnEmptyRootIsRefused(String given) {
    assertThatThrownBy(() -> Lsn.parse(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + given + "'");
  }

  @Test
  void isRoundedUpToTheAlignmentOfARecord() {
    assertThat(Lsn.parse("0/15EE23B").aligned()).isEqualTo(Lsn.parse("0/15EE240"));
    assertThat(Lsn.parse("0/15EE240").aligned()).isEqualTo(Lsn.parse("0/15EE240"));
  }

  @Test
  void isComparedUnsigned() {
    assertThat(Lsn.parse("FFFFFFFF/0").isAfter(Lsn.parse("0/1"))).isTrue();
    assertThat(Lsn.parse("0/1").isBefore(Lsn.parse("1/0"))).isTrue();
  }
}
