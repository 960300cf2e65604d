package dev.neonstack.emulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {
  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void everyServerHasTlsWithOneCertificateAndStillTakesClientsWithout(int major) throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(major);
      var port = lab.start(main).port();
      var certificate = lab.directory.resolve("storage/tls/certificate.pem");

      assertThat(encrypted(lab, port, Map.of("sslmode", "disable"))).isEqualTo("f");
      assertThat(encrypted(lab, port, Map.of("sslmode", "require"))).isEqualTo("t");
      assertThat(encrypted(lab, port, Map.of("sslmode", "require", "channelBinding", "require")))
          .isEqualTo("t");
      assertThat(
              encrypted(
                  lab,
                  port,
                  Map.of("sslmode", "verify-full", "sslrootcert", certificate.toString())))
          .isEqualTo("t");
    }
  }

  @Test
  void theKeyIsItsOwnersOnlyAndInNoBase() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      var copy = lab.files(main).live().data().resolve("server.key");

      for (var key : new Path[] {lab.directory.resolve("storage/tls/key.pem"), copy}) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
            .isEqualTo("rw-------");
      }
      lab.run(
          main,
          "create table t as select repeat('x', 1000) from generate_series(1, 30000)",
          "checkpoint",
          "update t set repeat = repeat('y', 1000)");
      lab.stop(main);
      var bases = lab.files(main).ownBases();
      assertThat(bases).isNotEmpty();
      assertThat(bases).noneMatch(base -> Files.exists(base.data().resolve("server.key")));
    }
  }

  private static String encrypted(Lab lab, int port, Map<String, String> how) throws SQLException {
    var properties = new Properties();
    properties.putAll(how);
    properties.put("user", Templates.ADMIN);
    properties.put("password", lab.password());
    try (var connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
        var rows =
            connection
                .createStatement()
                .executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
