package dev.neonstack.stacks.config.neon;

import com.pulumi.core.Output;
import dev.neonstack.components.neon.kube.ImageRef;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.ResourceNeeds;
import dev.neonstack.components.neon.namespace.NeonNamespace;
import dev.neonstack.stacks.config.reading.Section;
import java.util.List;
import java.util.Optional;

/** Reads what pods are given. */
public final class PodReader {
  public static final List<String> NEEDS = List.of("cpu", "memory", "guaranteed");

  private final String namespace;
  private final ImageReader images;
  private final Placement placement;

  public PodReader(String namespace, ImageReader images, Placement placement) {
    this.namespace = namespace;
    this.images = images;
    this.placement = placement;
  }

  /** Where all pods go. */
  String namespace() {
    return namespace;
  }

  /** Pods of the storage, of the Neon image. */
  PodSettings storage(Section section, ResourceNeeds absent) {
    return new PodSettings(
        Output.of(images.neon().text()),
        images.pullSecrets(),
        needs(section, absent),
        placement,
        Optional.of(NeonNamespace.storagePriority(namespace)));
  }

  /** Pods of the proxy, which go to any node. */
  public PodSettings proxy(Section section, ResourceNeeds absent) {
    return service(images.neon(), needs(section, absent));
  }

  /** Pods of the control plane, which go to any node. */
  PodSettings controlPlane(Section section) {
    return service(images.controlPlane(), needs(section, ResourceNeeds.burstable("100m", "1Gi")));
  }

  public PodSettings valkey(ResourceNeeds needs) {
    return service(images.valkey(), needs);
  }

  Optional<ImageRef> postgres() {
    return images.postgres();
  }

  private PodSettings service(ImageRef image, ResourceNeeds needs) {
    return new PodSettings(
        Output.of(image.text()),
        images.pullSecrets(),
        needs,
        Placement.ANYWHERE,
        Optional.of(NeonNamespace.servicePriority(namespace)));
  }

  private static ResourceNeeds needs(Section section, ResourceNeeds absent) {
    var cpu = section.text("cpu").orElse(absent.cpu());
    var memory = section.text("memory").orElse(absent.memory());
    if (!ResourceNeeds.isCpu(cpu)) {
      section.problems().wrong(section.path("cpu"), cpu, ResourceNeeds.CPU, "Write it so.");
      cpu = absent.cpu();
    }
    if (!ResourceNeeds.isMemory(memory)) {
      section
          .problems()
          .wrong(section.path("memory"), memory, ResourceNeeds.MEMORY, "Write it so.");
      memory = absent.memory();
    }
    return new ResourceNeeds(cpu, memory, section.flag("guaranteed", absent.guaranteed()));
  }
}
