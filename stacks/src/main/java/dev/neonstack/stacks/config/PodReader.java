package dev.neonstack.stacks.config;

import com.pulumi.core.Output;
import dev.neonstack.components.neon.kube.ImageRef;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.Placement.Toleration;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.ResourceNeeds;
import dev.neonstack.components.neon.namespace.NeonNamespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads images, where pods go and what they are given. */
final class PodReader {
  static final List<String> IMAGES = List.of("neon", "valkey", "postgres", "pullSecrets");
  static final List<String> PLACEMENT = List.of("nodeSelector", "tolerations", "sysctls");
  static final List<String> NEEDS = List.of("cpu", "memory", "guaranteed");

  private static final List<String> TOLERATION = List.of("key", "value", "effect");
  private static final ImageRef NONE = new ImageRef("none");

  private final boolean production;
  private final String namespace;
  private final ImageRef neon;
  private final Optional<ImageRef> valkey;
  private final Optional<ImageRef> postgres;
  private final List<String> pullSecrets;
  private final Placement placement;
  private final Section images;

  PodReader(boolean production, String namespace, Section images, Section placement) {
    this.production = production;
    this.namespace = namespace;
    this.images = images;
    this.neon = image("neon").orElseGet(() -> missing("neon"));
    this.valkey = image("valkey");
    this.postgres = image("postgres");
    this.pullSecrets = images.textList("pullSecrets");
    this.placement =
        new Placement(
            placement.texts("nodeSelector"),
            placement.sections("tolerations", TOLERATION).stream()
                .map(PodReader::toleration)
                .toList(),
            sysctls(placement));
  }

  /** Pods of the storage, of the Neon image. */
  PodSettings storage(Section section, ResourceNeeds absent) {
    return new PodSettings(
        Output.of(neon.text()),
        pullSecrets,
        needs(section, absent),
        placement,
        Optional.of(NeonNamespace.storagePriority(namespace)));
  }

  /** Pods of the proxy, which go to any node. */
  PodSettings proxy(Section section, ResourceNeeds absent) {
    return service(neon, needs(section, absent));
  }

  PodSettings valkey(ResourceNeeds needs) {
    return service(valkey.orElseGet(() -> missing("valkey")), needs);
  }

  Optional<ImageRef> postgres() {
    return postgres;
  }

  private PodSettings service(ImageRef image, ResourceNeeds needs) {
    return new PodSettings(
        Output.of(image.text()),
        pullSecrets,
        needs,
        Placement.ANYWHERE,
        Optional.of(NeonNamespace.servicePriority(namespace)));
  }

  private Optional<ImageRef> image(String key) {
    var text = images.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!ImageRef.isImage(text.get())) {
      images
          .problems()
          .wrong(images.path(key), text.get(), ImageRef.EXPECTED, "Write it as docker pull does.");
      return Optional.of(NONE);
    }
    var image = new ImageRef(text.get());
    if (production && !image.isPinned()) {
      images
          .problems()
          .wrong(
              images.path(key),
              image,
              ImageRef.EXPECTED,
              "A tag may mean another image tomorrow; production wants the digest.");
    }
    return Optional.of(image);
  }

  private ImageRef missing(String key) {
    images.problems().missing(images.path(key), "an image, " + ImageRef.EXPECTED, "Add it.");
    return NONE;
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

  private static Map<String, String> sysctls(Section placement) {
    var found = placement.texts("sysctls");
    found
        .keySet()
        .removeIf(
            name -> {
              var unknown = !Placement.SYSCTLS.contains(name);
              if (unknown) {
                placement
                    .problems()
                    .wrong(
                        placement.path("sysctls"),
                        name,
                        "one of " + String.join(", ", Placement.SYSCTLS),
                        "Pod Security refuses others; set those on the nodes.");
              }
              return unknown;
            });
    return found;
  }

  private static Toleration toleration(Section section) {
    var effect = section.text("effect").orElse("NoSchedule");
    if (!Toleration.EFFECTS.contains(effect)) {
      section
          .problems()
          .wrong(
              section.path("effect"),
              effect,
              "one of " + String.join(", ", Toleration.EFFECTS),
              Nearest.hint(effect, Toleration.EFFECTS, "Choose one."));
      effect = "NoSchedule";
    }
    return new Toleration(
        section.required("key", "the key of a taint", ""), section.text("value"), effect);
  }
}
