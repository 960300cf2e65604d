package dev.neonstack.stacks.config.corp;

import dev.neonstack.components.ceph.CephStorageClasses.LocalDisk;
import dev.neonstack.components.ceph.CephStorageClasses.Rbd;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.stacks.config.neon.VolumeReader;
import dev.neonstack.stacks.config.reading.Nearest;
import dev.neonstack.stacks.config.reading.Problems;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.UniqueNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the storage classes, and the volumes that refer to them. */
final class ClassReader implements VolumeReader {
  static final List<String> KEYS =
      List.of(
          "name",
          "kind",
          "provisioner",
          "clusterId",
          "pool",
          "secretNamespace",
          "provisionerSecret",
          "nodeSecret");
  private static final List<String> KINDS = List.of("existing", "ceph-rbd", "local");
  private static final String NONE = "none";

  private final Problems problems;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<Rbd> rbd = new ArrayList<>();
  private final List<LocalDisk> local = new ArrayList<>();
  private final List<CorpConfig.ExistingClass> existing = new ArrayList<>();

  ClassReader(Problems problems) {
    this.problems = problems;
  }

  void read(List<Section> classes) {
    var unique = new UniqueNames("storage class", "this stack", problems);
    for (var section : classes) {
      var name = section.required("name", "the name of a StorageClass", "");
      unique.add(name, section.path("name"));
      names.add(name);
      var kind = section.text("kind").orElse("existing");
      switch (kind) {
        case "existing" -> existing.add(new CorpConfig.ExistingClass(section.path("name"), name));
        case "ceph-rbd" -> rbd.add(rbd(name, section));
        case "local" -> local.add(new LocalDisk(name, section.text("provisioner")));
        default ->
            problems.wrong(
                section.path("kind"),
                kind,
                "one of " + String.join(", ", KINDS),
                Nearest.hint(kind, KINDS, "Choose one."));
      }
    }
  }

  List<Rbd> rbd() {
    return rbd;
  }

  List<LocalDisk> local() {
    return local;
  }

  List<CorpConfig.ExistingClass> existing() {
    return existing;
  }

  /** The volume of a section, whose class has to be one of the list. */
  @Override
  public VolumeNeeds volume(Section section, int sizeGiB) {
    var size = section.count("volumeGiB", 1, 1_000_000, sizeGiB);
    var wanted = section.required("storageClass", "a name of storageClasses", NONE);
    if (!wanted.equals(NONE) && !names.contains(wanted)) {
      problems.wrong(
          section.path("storageClass"),
          wanted,
          names.isEmpty() ? "a name of storageClasses" : "one of " + String.join(", ", names),
          Nearest.hint(
              wanted,
              names,
              "Add it to storageClasses, with kind: existing if the cluster has it."));
    }
    return new VolumeNeeds(wanted, size);
  }

  private static Rbd rbd(String name, Section section) {
    var namespace = section.text("secretNamespace").orElse("rook-ceph");
    return new Rbd(
        name,
        section.text("provisioner").orElse("rook-ceph.rbd.csi.ceph.com"),
        section.text("clusterId").orElse("rook-ceph"),
        section.required("pool", "a replicated pool of Ceph", NONE),
        namespace,
        section.text("provisionerSecret").orElse("rook-csi-rbd-provisioner"),
        section.text("nodeSecret").orElse("rook-csi-rbd-node"));
  }
}
