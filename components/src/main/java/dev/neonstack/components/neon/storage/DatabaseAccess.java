package dev.neonstack.components.neon.storage;

import static java.util.Objects.requireNonNull;

import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import dev.neonstack.components.neon.kube.Env;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the storage controller reaches its Postgres. It knows {@code sslmode} {@code disable}, {@code
 * prefer} and {@code require} only, and verifies the server's certificate when a variable of its
 * environment says so, by the certificates that others of its variables name.
 *
 * @param url with user and password
 * @param parameters what is added to the URL, such as {@code ?sslmode=require}
 * @param ca certificates that the server's is verified with, by its host name too; absent: it is
 *     not verified
 */
public record DatabaseAccess(SecretEntry url, String parameters, Optional<SecretEntry> ca) {
  private static final String CA = "database-ca";
  private static final String DIRECTORY = "/etc/neon/database-ca";
  private static final String FILE = "ca.crt";

  /** Where the image has the certificates of public authorities, which other connections need. */
  private static final String PUBLIC = "/etc/ssl/certs";

  public DatabaseAccess {
    requireNonNull(url, "url is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(ca, "ca is null");
  }

  List<EnvVarArgs> env() {
    var env = new ArrayList<EnvVarArgs>();
    if (parameters.isEmpty()) {
      env.add(Env.secret("DATABASE_URL", url));
    } else {
      env.add(Env.secret("DATABASE", url));
      env.add(Env.of("DATABASE_URL", "$(DATABASE)" + parameters));
    }
    if (ca.isPresent()) {
      env.add(Env.of("STORCON_DB_CERT_CHECKS", "true"));
      env.add(Env.of("SSL_CERT_FILE", DIRECTORY + "/" + FILE));
      env.add(Env.of("SSL_CERT_DIR", PUBLIC));
    }
    return env;
  }

  Optional<VolumeMountArgs> mount() {
    return ca.map(entry -> Volumes.readOnly(CA, DIRECTORY));
  }

  Optional<VolumeArgs> volume() {
    return ca.map(entry -> Volumes.secretFile(CA, entry, FILE));
  }

  List<SecretEntry> secrets() {
    return Stream.concat(Stream.of(url), ca.stream()).toList();
  }
}
