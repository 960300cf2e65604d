package dev.neonstack.components.neon.storage;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.StatefulSet;
import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.keys.StorageSecrets;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Metadata;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.Pods;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.Services;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.components.neon.kube.Workloads;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The servers that answer with pages. What they have on disk the object store has as well, so that
 * their volume is a cache. Where there is more than one, a pageserver hands its projects over
 * before it stops. The id of a pageserver is its ordinal and one.
 */
public final class Pageservers extends ComponentResource {
  static final Role ROLE = Role.PAGESERVER;

  private final StatefulSet statefulSet;

  /**
   * Pageservers to have.
   *
   * @param volume its cache
   * @param replicas one or more; with one there is nowhere to hand projects over to
   * @param domainLabel label of nodes that tells failure domains apart
   * @param drain how long handing over may take
   */
  public record Spec(
      Home home,
      PodSettings pods,
      StorageSecrets secrets,
      ObjectStore objectStore,
      VolumeNeeds volume,
      int replicas,
      String domainLabel,
      PageserverTuning tuning,
      Duration drain) {
    public Spec {
      if (replicas < 1) {
        throw new IllegalArgumentException(
            "replicas is %d; expected 1 or more".formatted(replicas));
      }
      if (tuning.pageCacheMiB() >= pods.needs().memoryMiB()) {
        throw new IllegalArgumentException(
            "pageCacheMiB is %d; expected less than the memory of the pod, which is %d MiB"
                .formatted(tuning.pageCacheMiB(), pods.needs().memoryMiB()));
      }
      if (tuning.pageCacheMiB() > volume.sizeGiB() * 1024L) {
        throw new IllegalArgumentException(
            "pageCacheMiB is %d; expected no more than the volume, which is %d GiB"
                .formatted(tuning.pageCacheMiB(), volume.sizeGiB()));
      }
    }

    boolean drains() {
      return replicas > 1;
    }
  }

  /** Declares the pageservers. */
  public Pageservers(
      String name, Spec spec, List<Resource> after, ComponentResourceOptions options) {
    super("neonstack:neon:Pageservers", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var namespace = spec.home().namespace();
    var identity = spec.objectStore().access().identity(ROLE);
    var account = new ServiceAccount(name, Pods.account(namespace, ROLE, identity), child);
    new Service(name, Services.headless(namespace, ROLE, ports()), child);
    for (var ordinal = 0; ordinal < spec.replicas(); ordinal++) {
      new Service(name + "-" + ordinal, Services.ofPod(namespace, ROLE, ordinal, ports()), child);
    }
    new PodDisruptionBudget(name, Pods.oneAtATime(namespace, ROLE), child);
    var files = files(spec);
    var configMap = new ConfigMap(name, configMap(namespace, files), child);
    this.statefulSet =
        new StatefulSet(
            name,
            PageserverPods.statefulSet(spec, files),
            Workloads.oneByOne(
                spec.replicas(), PageserverPods.turn(spec), this, after, account, configMap));
    registerOutputs(Map.of());
  }

  /** What has to be up before projects can be made. */
  public Resource workload() {
    return statefulSet;
  }

  static Output<Map<String, String>> files(Spec spec) {
    return new S3Access(spec.objectStore())
        .inlineTable(spec.objectStore().pageserverPrefix())
        .applyValue(
            remoteStorage ->
                Map.of(
                    "pageserver.toml",
                    new PageserverToml(
                            Addresses.storageBroker(spec.home()),
                            Addresses.storageController(spec.home()),
                            PageserverPods.KEYS_DIRECTORY,
                            remoteStorage,
                            spec.tuning())
                        .text(),
                    "prepare.sh",
                    Scripts.read("prepare-pageserver.sh"),
                    "drain.sh",
                    Scripts.read("drain-pageserver.sh")));
  }

  private static ConfigMapArgs configMap(
      Output<String> namespace, Output<Map<String, String>> files) {
    return ConfigMapArgs.builder()
        .metadata(Metadata.of(namespace, ROLE.word(), ROLE).build())
        .data(files)
        .build();
  }

  private static List<ServicePortArgs> ports() {
    return List.of(
        Services.port("pages", Ports.PAGESERVER_PAGES),
        Services.port("http", Ports.PAGESERVER_HTTP));
  }
}
