package dev.neonstack.controlplane.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresUrlTest {

  private static PGSimpleDataSource source(String url) throws SQLException {
    return (PGSimpleDataSource) PostgresUrl.parse(url).source();
  }

  @Test
  void everyPartIsTakenAsItIsMeant() throws SQLException {
    var source =
        source(
            "postgresql://us%40er:p%2Fa+s%25s@db.example.com:6432/cat%20alog?sslmode=verify-full&sslrootcert=/etc/ca.pem\n");

    assertThat(source.getUser()).isEqualTo("us@er");
    assertThat(source.getPassword()).isEqualTo("p/a+s%s");
    assertThat(source.getServerNames()).containsExactly("db.example.com");
    assertThat(source.getPortNumbers()).containsExactly(6432);
    assertThat(source.getDatabaseName()).isEqualTo("cat alog");
    assertThat(source.getSslMode()).isEqualTo("verify-full");
    assertThat(source.getSslRootCert()).isEqualTo("/etc/ca.pem");
  }

  @Test
  void severalHostsMayBeGivenAndThePortLeftOut() throws SQLException {
    var source = source("postgres://user:x@one,two:5433/catalog");

    assertThat(source.getServerNames()).containsExactly("one", "two");
    assertThat(source.getPortNumbers()).containsExactly(5432, 5433);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "jdbc:postgresql://user:hunter2@host/db",
        "postgresql://host/hunter2",
        "postgresql://user:hunter2@host",
        "postgresql://user:hunter2@host/db/more",
        "postgresql://user:hunter2%zz@host/db",
        "postgresql://user:hunter2@host/db?sslmode",
        "postgresql://user:hunter2@host/db?options=x"
      })
  void anotherFormIsRefusedWithoutItsSecrets(String url) {
    assertThatThrownBy(() -> PostgresUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(PostgresUrl.parse("postgresql://user:hunter2@host/db").toString())
        .isEqualTo("postgresql://user@host/db");
  }
}
