package dev.neonstack.controlplane.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

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

  @Test
  void eachHasItsOwnSalt() {
    assertThat(ScramVerifier.of("secret")).isNotEqualTo(ScramVerifier.of("secret"));
  }
}
