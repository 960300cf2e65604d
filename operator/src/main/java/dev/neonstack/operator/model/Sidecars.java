package dev.neonstack.operator.model;

import dev.neonstack.controlplane.spec.SpecDocument;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Map;

/**
 * What runs beside Postgres. Each is an init container that goes on, so that it is restarted when
 * it fails, and the pod ends with the compute.
 */
final class Sidecars {
  static final int POOLER_PORT = 6432;
  static final int EXPORTER_PORT = 9187;

  /** Its key in the Secret of a start: with it compute_ctl changes the pooler's settings. */
  static final String POOLER_PASSWORD = "pooler-password";

  private static final String FOLDER = Volumes.DATA + "/pgbouncer";

  /**
   * compute_ctl changes this file and has it read again, so it must be there before. The pooler
   * looks roles up as compute_ctl's own administrator, whom Postgres trusts on the loopback
   * address.
   */
  private static final String POOLER_SETTINGS =
      """
      [databases]
      * = host=127.0.0.1 port=%d auth_user=cloud_admin
      [pgbouncer]
      listen_addr = *
      listen_port = %d
      unix_socket_dir =
      auth_type = scram-sha-256
      auth_file = %s/users.txt
      auth_dbname = postgres
      admin_users = postgres
      pool_mode = transaction
      max_client_conn = 10000
      max_prepared_statements = 1000
      ignore_startup_parameters = extra_float_digits
      """
          .formatted(SpecDocument.POSTGRES_PORT, POOLER_PORT, FOLDER);

  private static final String START_POOLER =
      """
      umask 077
      mkdir -p %1$s
      printf '%%s' "$POOLER_SETTINGS" > %1$s/pgbouncer.ini
      printf '"postgres" "%%s"\\n' "$PGBOUNCER_PASSWORD" > %1$s/users.txt
      exec pgbouncer %1$s/pgbouncer.ini
      """
          .formatted(FOLDER);

  private Sidecars() {}

  /** A container that cannot gain privileges and cannot write into its image. */
  static ContainerBuilder container(String name, String image) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext();
  }

  static EnvVar poolerPassword(String secret) {
    return new EnvVarBuilder()
        .withName("PGBOUNCER_PASSWORD")
        .withNewValueFrom()
        .withNewSecretKeyRef(POOLER_PASSWORD, secret, false)
        .endValueFrom()
        .build();
  }

  static Container pooler(String image, String secret) {
    return container("pgbouncer", image)
        .withRestartPolicy("Always")
        .withCommand("/bin/sh", "-ec", START_POOLER)
        .withEnv(ComputePod.variable("POOLER_SETTINGS", POOLER_SETTINGS), poolerPassword(secret))
        .addNewPort()
        .withName("pooler")
        .withContainerPort(POOLER_PORT)
        .endPort()
        .withResources(amounts("100m", "128Mi"))
        .withVolumeMounts(mount("data", Volumes.DATA), mount("tmp", "/tmp"))
        .build();
  }

  static Container exporter(String image) {
    var source =
        "postgresql://cloud_admin@127.0.0.1:%d/postgres?sslmode=disable"
            .formatted(SpecDocument.POSTGRES_PORT);
    return container("exporter", image)
        .withRestartPolicy("Always")
        .withEnv(ComputePod.variable("DATA_SOURCE_NAME", source))
        .addNewPort()
        .withName("metrics")
        .withContainerPort(EXPORTER_PORT)
        .endPort()
        .withResources(amounts("50m", "64Mi"))
        .build();
  }

  private static VolumeMount mount(String volume, String path) {
    return Volumes.mount(volume, path);
  }

  private static ResourceRequirements amounts(String cpu, String memory) {
    var amounts = Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory));
    return new ResourceRequirementsBuilder().withRequests(amounts).withLimits(amounts).build();
  }
}
