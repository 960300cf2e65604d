package dev.neonstack.stacks.config.aws;

import dev.neonstack.components.aws.ebs.EbsClass;
import dev.neonstack.components.aws.ebs.VolumeType;
import dev.neonstack.components.aws.eks.LocalDisks;
import dev.neonstack.components.aws.eks.NodeGroupSpec;
import dev.neonstack.components.aws.eks.Purpose;
import dev.neonstack.components.aws.services.LocalVolumes;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.stacks.config.neon.VolumeReader;
import dev.neonstack.stacks.config.reading.Nearest;
import dev.neonstack.stacks.config.reading.Problems;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.Sections;
import dev.neonstack.stacks.config.reading.UniqueNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the storage classes of EBS and of the nodes' disks, and the volumes that refer to them. */
final class EbsReader implements VolumeReader {
  private static final List<String> KEYS = List.of("name", "type", "iops", "throughputMiB");
  private static final String LOCAL = "local";
  private static final List<String> TYPES = List.of("gp3", "io2", LOCAL);
  private static final String NONE = "none";
  private static final int MOST_IOPS = 256_000;
  private static final int MOST_GIB = 65_536;

  private final Problems problems;
  private final List<NodeGroupSpec> nodes;
  private final Map<String, EbsClass> classes = new LinkedHashMap<>();

  /** Of these nobody knows which volumes they are good for. */
  private final Set<String> wrong = new HashSet<>();

  private Optional<LocalVolumes.Spec> local = Optional.empty();

  EbsReader(Sections sections, List<NodeGroupSpec> nodes) {
    this.problems = sections.problems();
    this.nodes = nodes;
    if (!sections.has("storageClasses")) {
      add(EbsClass.gp3Encrypted());
    }
    var unique = new UniqueNames("storage class", "this stack", problems);
    for (var section : sections.list("storageClasses", KEYS)) {
      unique.add(
          section.required("name", "the name of a StorageClass", NONE), section.path("name"));
      read(section);
    }
  }

  List<EbsClass> classes() {
    return List.copyOf(classes.values());
  }

  Optional<LocalVolumes.Spec> local() {
    return local;
  }

  @Override
  public VolumeNeeds volume(Section section, int sizeGiB) {
    var size = section.count("volumeGiB", 1, MOST_GIB, sizeGiB);
    var names = names();
    var wanted = section.text("storageClass").orElse(names.get(0));
    if (!names.contains(wanted)) {
      problems.wrong(
          section.path("storageClass"),
          wanted,
          "one of " + String.join(", ", names),
          Nearest.hint(wanted, names, "Add it to storageClasses."));
    }
    Optional.ofNullable(classes.get(wanted))
        .filter(found -> !wrong.contains(wanted))
        .flatMap(found -> found.problem(size))
        .ifPresent(
            problem ->
                problems.add(
                    "%s: %s. Enlarge it or give the class fewer IOPS."
                        .formatted(section.path("volumeGiB"), problem)));
    return new VolumeNeeds(wanted, size);
  }

  private List<String> names() {
    var names = new ArrayList<>(classes.keySet());
    local.ifPresent(found -> names.add(found.storageClass()));
    return names.isEmpty() ? List.of(NONE) : names;
  }

  private void add(EbsClass found) {
    classes.put(found.name(), found);
  }

  private void read(Section section) {
    var name = section.text("name").orElse(NONE);
    var type = section.text("type").orElse(TYPES.get(0));
    switch (type) {
      case "gp3" -> read(section, name, VolumeType.GP3, EbsClass.gp3Encrypted());
      case "io2" -> read(section, name, VolumeType.IO2, EbsClass.io2());
      case LOCAL -> local = disks(section, name);
      default ->
          problems.wrong(
              section.path("type"),
              type,
              "one of " + String.join(", ", TYPES),
              Nearest.hint(type, TYPES, "Choose one."));
    }
  }

  private void read(Section section, String name, VolumeType type, EbsClass absent) {
    var iops = section.count("iops", 1, MOST_IOPS, absent.iops());
    var throughput =
        section.has("throughputMiB")
            ? Optional.of(section.count("throughputMiB", 1, 4000, 125))
            : absent.throughputMiB();
    section
        .checked(() -> new EbsClass(name, type, iops, throughput, true))
        .ifPresentOrElse(this::add, () -> addWrong(name, absent));
  }

  private void addWrong(String name, EbsClass absent) {
    classes.put(name, absent);
    wrong.add(name);
  }

  /** The disks of the nodes for storage, prepared as their group says. */
  private Optional<LocalVolumes.Spec> disks(Section section, String name) {
    var group =
        nodes.stream()
            .filter(one -> one.purpose() == Purpose.STORAGE)
            .filter(one -> kind(one.localDisks()).isPresent())
            .findFirst();
    if (group.isEmpty()) {
      problems.wrong(
          section.path("type"),
          LOCAL,
          "a group of nodes for storage whose localDisks are csi or static",
          "Choose preset production, or give a group with purpose storage such disks.");
      return Optional.empty();
    }
    return section.checked(
        () ->
            new LocalVolumes.Spec(
                kind(group.get().localDisks()).orElseThrow(), name, Purpose.STORAGE.placement()));
  }

  private static Optional<LocalVolumes.Kind> kind(LocalDisks disks) {
    return switch (disks) {
      case CSI -> Optional.of(LocalVolumes.Kind.INSTANCE_STORE_CSI);
      case STATIC -> Optional.of(LocalVolumes.Kind.STATIC);
      case NONE, RAID0 -> Optional.empty();
    };
  }
}
