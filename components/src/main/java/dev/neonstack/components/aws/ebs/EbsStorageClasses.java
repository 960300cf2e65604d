package dev.neonstack.components.aws.ebs;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.storage.v1.StorageClass;
import com.pulumi.kubernetes.storage.v1.StorageClassArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Storage classes of encrypted EBS volumes. None is the default: a claim names what it pays for.
 */
public final class EbsStorageClasses extends ComponentResource {
  private final List<Resource> made = new ArrayList<>();

  /**
   * Declares the classes. Needs a provider of Kubernetes.
   *
   * @param keyArn of the key for all volumes; absent: the one AWS keeps for EBS in the account
   */
  public EbsStorageClasses(
      String name,
      List<EbsClass> classes,
      Optional<Output<String>> keyArn,
      ComponentResourceOptions options) {
    super("neonstack:aws:EbsStorageClasses", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    classes.forEach(
        one -> made.add(new StorageClass(name + "-" + one.name(), args(one, keyArn), child)));
    registerOutputs(Map.of());
  }

  /** What has to be there before claims refer to it. */
  public List<Resource> classes() {
    return List.copyOf(made);
  }

  private static StorageClassArgs args(EbsClass one, Optional<Output<String>> keyArn) {
    var builder =
        StorageClassArgs.builder()
            .metadata(ObjectMetaArgs.builder().name(one.name()).build())
            .provisioner("ebs.csi.aws.com")
            .reclaimPolicy(one.durable() ? "Retain" : "Delete")
            .allowVolumeExpansion(true)
            .volumeBindingMode("WaitForFirstConsumer");
    var parameters = parameters(one);
    return keyArn
        .map(arn -> builder.parameters(arn.applyValue(known -> with(parameters, known))))
        .orElseGet(() -> builder.parameters(parameters))
        .build();
  }

  private static Map<String, String> parameters(EbsClass one) {
    var parameters = new TreeMap<String, String>();
    parameters.put("type", one.type().word());
    parameters.put("iops", String.valueOf(one.iops()));
    one.throughputMiB().ifPresent(wanted -> parameters.put("throughput", String.valueOf(wanted)));
    parameters.put("encrypted", "true");
    parameters.put("csi.storage.k8s.io/fstype", "ext4");
    return parameters;
  }

  private static Map<String, String> with(Map<String, String> parameters, String keyArn) {
    var all = new TreeMap<>(parameters);
    all.put("kmsKeyId", keyArn);
    return all;
  }
}
