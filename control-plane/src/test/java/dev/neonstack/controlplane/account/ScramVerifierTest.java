package dev.neonstack.controlplane.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScramVerifierTest {

  /** The exchange of RFC 7677 section 3; the keys follow from its password, salt and count. */
  @Test
  void agreesWithTheExampleOfRfc7677() {
    var salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

    assertThat(ScramVerifier.of("pencil", salt, 4096))
        .isEqualTo(
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
                + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
  }

  /** The examples of RFC 4013 section 3; what cannot be prepared is taken as it is. */
  @ParameterizedTest
  @CsvSource({
    "I\u00ADX-password,IX-password",
    "\u2168-password,IX-password",
    "\u00AAa-password,aa-password"
  })
  void aPasswordIsPreparedAsClientsPrepareIt(String typed, String prepared) {
    var salt = new byte[16];

    assertThat(ScramVerifier.of(typed, salt, 4096))
        .isEqualTo(ScramVerifier.of(prepared, salt, 4096));
    assertThat(ScramVerifier.of("\u0627" + typed + "1", salt, 4096))
        .isNotEqualTo(ScramVerifier.of("\u0627" + prepared + "1", salt, 4096));
  }

  @Test
  void eachHasItsOwnSalt() {
    assertThat(ScramVerifier.of("secret")).isNotEqualTo(ScramVerifier.of("secret"));
  }
}
