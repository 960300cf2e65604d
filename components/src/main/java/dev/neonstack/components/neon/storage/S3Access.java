package dev.neonstack.components.neon.storage;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import dev.neonstack.components.neon.kube.Env;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.kube.Volumes;
import java.util.ArrayList;
import java.util.List;

/** How the pods of a server get at the object store. */
final class S3Access {
  private static final String CA_VOLUME = "object-store-ca";
  private static final String CA_DIRECTORY = "/etc/neon/object-store-ca";

  private final ObjectStore store;

  S3Access(ObjectStore store) {
    this.store = store;
  }

  /** The store as Neon's configuration writes it, for the keys under this prefix. */
  Output<String> inlineTable(String prefix) {
    return store
        .bucket()
        .applyValue(
            bucket -> {
              var fields = new ArrayList<String>();
              fields.add("bucket_name = " + TomlText.quoted(bucket));
              fields.add("bucket_region = " + TomlText.quoted(store.region()));
              fields.add("prefix_in_bucket = " + TomlText.quoted(prefix));
              store.endpoint().ifPresent(url -> fields.add("endpoint = " + TomlText.quoted(url)));
              return "{" + String.join(", ", fields) + "}";
            });
  }

  List<EnvVarArgs> env() {
    var env = new ArrayList<EnvVarArgs>();
    env.add(Env.of("AWS_REGION", store.region()));
    store
        .access()
        .credentials()
        .ifPresent(
            keys -> {
              env.add(Env.secret("AWS_ACCESS_KEY_ID", keys.accessKey()));
              env.add(Env.secret("AWS_SECRET_ACCESS_KEY", keys.secretKey()));
            });
    store
        .caBundle()
        .ifPresent(bundle -> env.add(Env.of("SSL_CERT_FILE", CA_DIRECTORY + "/ca.crt")));
    return env;
  }

  List<VolumeArgs> volumes() {
    return store.caBundle().stream()
        .map(bundle -> Volumes.secretFile(CA_VOLUME, bundle, "ca.crt"))
        .toList();
  }

  List<VolumeMountArgs> mounts() {
    return store.caBundle().stream()
        .map(bundle -> Volumes.readOnly(CA_VOLUME, CA_DIRECTORY))
        .toList();
  }

  /** What a change of restarts the pods. */
  List<SecretEntry> secrets() {
    var secrets = new ArrayList<SecretEntry>();
    store.access().credentials().ifPresent(keys -> secrets.addAll(keys.entries()));
    store.caBundle().ifPresent(secrets::add);
    return secrets;
  }
}
