package dev.neonstack.stacks.config.aws;

import dev.neonstack.components.aws.eks.InstanceType;
import dev.neonstack.components.aws.eks.LocalDisks;
import dev.neonstack.components.aws.eks.NodeGroupSpec;
import dev.neonstack.components.aws.eks.NodePreset;
import dev.neonstack.components.aws.eks.Purpose;
import dev.neonstack.components.aws.services.Autoscaler;
import dev.neonstack.stacks.config.aws.AwsConfig.Nodes;
import dev.neonstack.stacks.config.aws.AwsConfig.Pool;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.Sections;
import dev.neonstack.stacks.config.reading.UniqueNames;
import dev.neonstack.stacks.config.reading.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the nodes: a preset, and groups that replace its own or come in addition. */
final class NodeReader {
  private static final List<String> KEYS =
      List.of("preset", "autoscaler", "maxCpus", "amiVersion", "groups");
  private static final List<String> GROUP =
      List.of(
          "name",
          "purpose",
          "instanceTypes",
          "min",
          "desired",
          "max",
          "rootVolumeGiB",
          "localDisks");
  private static final int MOST_NODES = 450;
  private static final int ROOT_VOLUME_GIB = 100;
  private static final int MAX_CPUS = 160;
  private static final String AMI_VERSION =
      "a release of Amazon Linux 2023 such as v20261101, or latest, which replaces nodes with each release";

  private final Sections sections;

  NodeReader(Sections sections) {
    this.sections = sections;
  }

  Nodes read() {
    var section = sections.section("nodes", KEYS);
    var preset =
        Words.choice(
            section.problems(),
            section.path("preset"),
            section.text("preset"),
            NodePreset.MINIMAL,
            Arrays.asList(NodePreset.values()));
    var autoscaler =
        Words.choice(
            section.problems(),
            section.path("autoscaler"),
            section.text("autoscaler"),
            Autoscaler.NONE,
            Arrays.asList(Autoscaler.values()));
    var groups = new LinkedHashMap<String, NodeGroupSpec>();
    preset.groups().forEach(group -> groups.put(group.name(), group));
    var unique = new UniqueNames("node group", "this stack", section.problems());
    for (var declared : section.sections("groups", GROUP)) {
      group(declared, groups)
          .ifPresent(
              group -> {
                unique.add(group.name(), declared.path("name"));
                groups.put(group.name(), group);
              });
    }
    checkPurpose(section, groups);
    checkArchitecture(section, groups);
    if (autoscaler != Autoscaler.KARPENTER) {
      return new Nodes(List.copyOf(groups.values()), autoscaler, Optional.empty());
    }
    var pool = pool(section, groups.values());
    // Karpenter's nodes are in no group.
    groups.values().removeIf(group -> group.purpose() == Purpose.COMPUTE);
    return new Nodes(List.copyOf(groups.values()), autoscaler, pool);
  }

  private static Optional<Pool> pool(Section section, Collection<NodeGroupSpec> groups) {
    var group = groups.stream().filter(one -> one.purpose() == Purpose.COMPUTE).findFirst();
    if (group.isEmpty()) {
      section
          .problems()
          .add(
              "%s is karpenter, and no group has purpose compute; expected one. It says which types its nodes can have."
                  .formatted(section.path("autoscaler")));
    }
    var maxCpus = section.count("maxCpus", 1, 100_000, MAX_CPUS);
    var ami = section.required("amiVersion", AMI_VERSION, "latest");
    if (!ami.matches("latest|v20[0-9]{6}")) {
      section.problems().wrong(section.path("amiVersion"), ami, AMI_VERSION, "Write it so.");
    }
    return group.map(found -> new Pool(found.instanceTypes(), found.rootVolumeGiB(), maxCpus, ami));
  }

  private static void checkPurpose(Section section, Map<String, NodeGroupSpec> groups) {
    if (groups.values().stream().noneMatch(group -> group.purpose() == Purpose.SYSTEM)) {
      section
          .problems()
          .add(
              "%s has no group with purpose system; expected one. The cluster's own pods run there."
                  .formatted(section.path("groups")));
    }
  }

  private static void checkArchitecture(Section section, Map<String, NodeGroupSpec> groups) {
    if (groups.values().stream().map(NodeGroupSpec::architecture).distinct().count() > 1) {
      section
          .problems()
          .add(
              "%s have processors of both kinds; expected all of x86_64 or all of arm64 (Graviton). Images are made for one of them."
                  .formatted(section.path("groups")));
    }
  }

  /** A group; what it does not say is as in the preset, where that has it. */
  private static Optional<NodeGroupSpec> group(Section section, Map<String, NodeGroupSpec> preset) {
    var name = section.required("name", NodeGroupSpec.NAME, "");
    var declared = Optional.ofNullable(preset.get(name));
    return types(section, declared)
        .filter(types -> !name.isEmpty())
        .flatMap(
            types ->
                declared
                    .or(() -> section.checked(() -> one(name, types)))
                    .flatMap(absent -> group(section, name, types, absent)));
  }

  /** A group of one node for everything. */
  private static NodeGroupSpec one(String name, List<InstanceType> types) {
    return new NodeGroupSpec(
        name, Purpose.SYSTEM, types, 1, 1, 1, ROOT_VOLUME_GIB, LocalDisks.NONE);
  }

  private static Optional<NodeGroupSpec> group(
      Section section, String name, List<InstanceType> types, NodeGroupSpec absent) {
    var purpose = choice(section, "purpose", absent.purpose(), Purpose.values());
    var min = section.count("min", 0, MOST_NODES, absent.min());
    var desired = section.count("desired", 0, MOST_NODES, Math.max(min, absent.desired()));
    var max = section.count("max", 1, MOST_NODES, Math.max(desired, absent.max()));
    var root = section.count("rootVolumeGiB", 20, 16_384, absent.rootVolumeGiB());
    var disks = choice(section, "localDisks", absent.localDisks(), LocalDisks.values());
    return section.checked(
        () -> new NodeGroupSpec(name, purpose, types, min, desired, max, root, disks));
  }

  private static <E extends Enum<E>> E choice(
      Section section, String key, E absent, E[] constants) {
    return Words.choice(
        section.problems(), section.path(key), section.text(key), absent, Arrays.asList(constants));
  }

  private static Optional<List<InstanceType>> types(
      Section section, Optional<NodeGroupSpec> absent) {
    if (!section.has("instanceTypes")) {
      if (absent.isEmpty()) {
        section
            .problems()
            .missing(
                section.path("instanceTypes"),
                "a list of types, each " + InstanceType.EXPECTED,
                "Add it.");
      }
      return absent.map(NodeGroupSpec::instanceTypes);
    }
    var types = new ArrayList<InstanceType>();
    var right = true;
    for (var text : section.textList("instanceTypes")) {
      if (InstanceType.isInstanceType(text)) {
        types.add(InstanceType.parse(text));
      } else {
        section
            .problems()
            .wrong(
                section.path("instanceTypes"),
                text,
                InstanceType.EXPECTED,
                "Write it as EC2 does.");
        right = false;
      }
    }
    return right ? Optional.of(types) : Optional.empty();
  }
}
