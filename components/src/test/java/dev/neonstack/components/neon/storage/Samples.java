package dev.neonstack.components.neon.storage;

import com.pulumi.core.Output;
import dev.neonstack.components.neon.keys.StorageSecrets;
import dev.neonstack.components.neon.keys.StorageSecrets.SecretDirectory;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.Placement.Toleration;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.ResourceNeeds;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.components.neon.storage.ObjectStore.Access;
import dev.neonstack.components.neon.storage.ObjectStore.Credentials;
import dev.neonstack.components.neon.storage.StoragePlane.Controller;
import dev.neonstack.components.neon.storage.StoragePlane.Database;
import dev.neonstack.components.neon.storage.StoragePlane.DatabaseInside;
import dev.neonstack.components.neon.storage.StoragePlane.PageserverSet;
import dev.neonstack.components.neon.storage.StoragePlane.SafekeeperSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Storages to test with. Outputs need a running program, so that each is made inside one. */
final class Samples {
  static final Output<String> IMAGE =
      Output.of("registry.example/neon@sha256:" + "0123456789abcdef".repeat(4));
  private static final String HOSTS = "kubernetes.io/hostname";

  private Samples() {}

  static Home home() {
    return new Home("neon", Output.of("neon"));
  }

  static PodSettings pods(String cpu, String memory) {
    return new PodSettings(
        IMAGE,
        List.of("registry"),
        new ResourceNeeds(cpu, memory, true),
        new Placement(
            Map.of("neon", "storage"),
            List.of(new Toleration("neon", Optional.of("storage"), "NoSchedule")),
            Map.of("net.ipv4.tcp_keepalive_time", "300")),
        Optional.of("neon-storage"));
  }

  static StorageSecrets secrets(String version) {
    return new StorageSecrets(
        new SecretDirectory("public-keys", Output.of(version)),
        entry("controller-public-key", version),
        entry("controller-to-pageservers", version),
        entry("controller-to-safekeepers", version),
        entry("controller-to-control-plane", version),
        entry("controller-to-peers", version),
        entry("pageservers-to-controller", version),
        entry("pageservers-to-safekeepers", version),
        entry("pageservers-to-drain", version),
        entry("safekeepers-to-safekeepers", version),
        entry("registrar", version),
        entry("registrar-admin", version));
  }

  static SecretEntry entry(String secret, String version) {
    return new SecretEntry(secret, "token", Output.of(version));
  }

  /** Ceph by path with keys and a CA of its own. */
  static ObjectStore ceph() {
    return new ObjectStore(
        Optional.of("https://rgw.example:7480"),
        "us-east-1",
        Output.of("neon-data"),
        "pageserver",
        "safekeeper",
        Access.with(
            new Credentials(
                SecretEntry.existing("bucket", "AWS_ACCESS_KEY_ID"),
                SecretEntry.existing("bucket", "AWS_SECRET_ACCESS_KEY"))),
        Optional.of(SecretEntry.existing("bucket-ca", "ca.pem")));
  }

  /** Amazon S3 without keys. */
  static ObjectStore keyless() {
    return new ObjectStore(
        Optional.empty(),
        "eu-central-1",
        Output.of("neon-data"),
        "pageserver",
        "safekeeper",
        Access.keyless(
            Map.of(Role.PAGESERVER, role("pageserver"), Role.SAFEKEEPER, role("safekeeper"))),
        Optional.empty());
  }

  private static Output<Map<String, String>> role(String name) {
    return Output.of(Map.of("eks.amazonaws.com/role-arn", "arn:aws:iam::1:role/" + name));
  }

  /** As in a corporate cluster: three domains, a Postgres of our own. */
  static StoragePlane.Spec corporate(String version) {
    return new StoragePlane.Spec(
        home(),
        secrets(version),
        ceph(),
        "corp",
        HOSTS,
        pods("500m", "1Gi"),
        new Controller(
            pods("1", "4Gi"),
            new Database(
                Optional.empty(),
                Optional.of(
                    new DatabaseInside(
                        pods("1", "2Gi"), Optional.empty(), 3, new VolumeNeeds("ceph-rbd", 10)))),
            Optional.empty(),
            ControllerTuning.DEFAULT),
        new PageserverSet(
            pods("16", "128Gi"),
            2,
            new VolumeNeeds("local-nvme", 500),
            PageserverTuning.LARGE,
            Duration.ofMinutes(5)),
        new SafekeeperSet(pods("4", "8Gi"), 3, new VolumeNeeds("ceph-rbd", 100)));
  }

  /** The least of everything, with keyless access and a Postgres outside. */
  static StoragePlane.Spec small() {
    var needs = ResourceNeeds.burstable("100m", "4Gi");
    var pods = new PodSettings(IMAGE, List.of(), needs, Placement.ANYWHERE, Optional.empty());
    return new StoragePlane.Spec(
        home(),
        secrets("1"),
        keyless(),
        "eu-central-1",
        "topology.kubernetes.io/zone",
        pods,
        new Controller(
            pods,
            new Database(
                Optional.of(new DatabaseAccess(entry("controller-db", "1"), "", Optional.empty())),
                Optional.empty()),
            Optional.empty(),
            ControllerTuning.DEFAULT),
        new PageserverSet(
            pods, 1, new VolumeNeeds("gp3", 50), PageserverTuning.SMALL, Duration.ofMinutes(5)),
        new SafekeeperSet(pods, 3, new VolumeNeeds("gp3", 20)));
  }
}
