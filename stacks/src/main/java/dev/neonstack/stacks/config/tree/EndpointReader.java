package dev.neonstack.stacks.config.tree;

import dev.neonstack.components.neon.EndpointSpec;
import dev.neonstack.neon.SettingRules;
import dev.neonstack.stacks.config.reading.Durations;
import dev.neonstack.stacks.config.reading.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the endpoint of a branch. */
final class EndpointReader {
  static final List<String> KEYS =
      List.of("enabled", "settings", "suspendTimeout", "minCu", "maxCu", "pooler");

  private static final double SMALLEST_CU = 0.25;
  private static final double LARGEST_CU = 56;
  private static final String SIZE = "a number of compute units from 0.25 to 56";

  private EndpointReader() {}

  /** Empty when it is switched off. */
  static Optional<EndpointSpec> read(Section section) {
    var minCu = size(section, "minCu");
    var maxCu = size(section, "maxCu");
    if (minCu.isPresent() && maxCu.isPresent() && minCu.get() > maxCu.get()) {
      section
          .problems()
          .wrong(
              section.path("minCu"),
              minCu.get(),
              "at most maxCu, which is %s".formatted(maxCu.get()),
              "Lower it or raise maxCu.");
    }
    var spec =
        new EndpointSpec(
            settings(section),
            section.parsed("suspendTimeout", Durations::parse, Durations.EXPECTED, "Write it so."),
            minCu,
            maxCu,
            section.flag("pooler"));
    return section.flag("enabled", true) ? Optional.of(spec) : Optional.empty();
  }

  private static Optional<Double> size(Section section, String key) {
    var size = section.number(key, SIZE);
    if (size.filter(found -> !(found >= SMALLEST_CU && found <= LARGEST_CU)).isPresent()) {
      section.problems().wrong(section.path(key), size.get(), SIZE, "Choose one in this range.");
    }
    return size;
  }

  private static Map<String, String> settings(Section section) {
    var settings = section.texts("settings");
    for (var objection : SettingRules.objections(settings)) {
      section
          .problems()
          .wrong(
              section.path("settings") + "." + objection.setting(),
              settings.get(objection.setting()),
              objection.expected(),
              "Correct or remove it.");
    }
    return settings;
  }
}
