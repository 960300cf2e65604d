package dev.neonstack.stacks.config.neon;

import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.Placement.Toleration;
import dev.neonstack.stacks.config.reading.Nearest;
import dev.neonstack.stacks.config.reading.Section;
import java.util.List;
import java.util.Map;

/** Reads where the pods of the storage go. */
public final class PlacementReader {
  public static final List<String> KEYS = List.of("nodeSelector", "tolerations", "sysctls");

  private static final List<String> TOLERATION = List.of("key", "value", "effect");

  private PlacementReader() {}

  public static Placement read(Section section) {
    return new Placement(
        section.texts("nodeSelector"),
        section.sections("tolerations", TOLERATION).stream()
            .map(PlacementReader::toleration)
            .toList(),
        sysctls(section));
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
