package dev.neonstack.it.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.kubefake.ProxyCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The storage controller's way to its Postgres, as the corporate stack declares it, taken to a real
 * Postgres with TLS: by what its pod finds in its environment and its files, and by the rules of
 * the controller.
 */
@ResourceLock("cluster")
@ExtendWith({OnPlatform.class, OnKubernetes.class})
class ControllerDatabaseIT {
  private static final Pattern URL =
      Pattern.compile("postgresql://([^:]+):([^@]+)@([^/]+)/([^?]+)(?:\\?sslmode=(\\w+))?");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\((\\w+)\\)");
  private static final Map<String, String> SECRETS =
      Map.of("uri", "storage-controller-db-app", "ca.crt", "storage-controller-db-ca");

  @TempDir Path folder;
  private JsonNode pod;
  private String uri;
  private String rightCa;

  @BeforeEach
  void declare(Platform platform, KubeServer kube) throws IOException {
    var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kube.kubeconfig());
    var stack =
        Stack.onCluster(platform, folder)
            .config(CorpConfig.on(kubeconfig).with("# checks: true", "checks: false").values());
    var printed = stack.preview("--json").succeeded().output();
    var steps = new ObjectMapper().readTree(printed.substring(printed.indexOf("{\n")));
    for (var step : steps.path("steps")) {
      var declared = step.at("/newState/inputs");
      if (declared.path("kind").asText().equals("Deployment")
          && declared.at("/metadata/name").asText().equals("storage-controller")) {
        pod = declared.at("/spec/template/spec");
      }
    }
    uri = platform.newDatabase("controller");
    rightCa = Files.readString(platform.data().resolve("storage/tls/certificate.pem"));
  }

  @Test
  void itsServerIsTakenByTheRightAuthorityAndTheRightNameOnly() throws Exception {
    try (var connection = connect(uri, rightCa);
        var rows =
            connection
                .createStatement()
                .executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
      rows.next();
      assertThat(rows.getBoolean(1)).isTrue();
    }
    assertThatThrownBy(() -> connect(uri, ProxyCertificates.ALONE))
        .isInstanceOf(SQLException.class)
        .hasStackTraceContaining("unable to find valid certification path");
    assertThatThrownBy(() -> connect(uri.replace("@127.0.0.1:", "@127.1:"), rightCa))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("127.1");
  }

  /**
   * As the storage controller connects: of {@code sslmode} it knows how far to encrypt; it verifies
   * the server when a variable says so, by the authorities of the file that another one names.
   */
  private Connection connect(String uri, String ca) throws IOException, SQLException {
    var contents = Map.of("uri", uri, "ca.crt", ca);
    var environment = environment(contents);
    var url = URL.matcher(environment.get("DATABASE_URL"));
    assertThat(url.matches()).isTrue();
    var login = new Properties();
    login.setProperty("user", url.group(1));
    login.setProperty("password", url.group(2));
    login.setProperty("sslmode", url.group(5));
    if ("true".equals(environment.get("STORCON_DB_CERT_CHECKS"))) {
      var file = folder.resolve("authorities.pem");
      Files.writeString(file, contents.get(entryAt(environment.get("SSL_CERT_FILE"))));
      login.setProperty("sslmode", "verify-full");
      login.setProperty("sslrootcert", file.toString());
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.group(3) + "/" + url.group(4), login);
  }

  /** As a kubelet makes it. */
  private Map<String, String> environment(Map<String, String> contents) {
    var environment = new HashMap<String, String>();
    for (var variable : pod.at("/containers/0/env")) {
      var secret = variable.at("/valueFrom/secretKeyRef");
      var key = secret.path("key").asText();
      if (contents.containsKey(key)) {
        assertThat(secret.path("name").asText()).isEqualTo(SECRETS.get(key));
        environment.put(variable.path("name").asText(), contents.get(key));
      } else if (variable.has("value")) {
        var value =
            REFERENCE
                .matcher(variable.path("value").asText())
                .replaceAll(found -> environment.getOrDefault(found.group(1), found.group()));
        environment.put(variable.path("name").asText(), value);
      }
    }
    return environment;
  }

  /** The entry of a Secret that is mounted as this file. */
  private String entryAt(String path) {
    for (var mount : pod.at("/containers/0/volumeMounts")) {
      if (path.startsWith(mount.path("mountPath").asText() + "/")) {
        var file = path.substring(mount.path("mountPath").asText().length() + 1);
        return entry(mount.path("name").asText(), file);
      }
    }
    throw new AssertionError("nothing is mounted at " + path);
  }

  private String entry(String volume, String file) {
    for (var one : pod.path("volumes")) {
      var secret = one.path("secret");
      for (var item : secret.path("items")) {
        if (one.path("name").asText().equals(volume) && item.path("path").asText().equals(file)) {
          var key = item.path("key").asText();
          assertThat(secret.path("secretName").asText()).isEqualTo(SECRETS.get(key));
          return key;
        }
      }
    }
    throw new AssertionError("volume " + volume + " holds no " + file);
  }
}
