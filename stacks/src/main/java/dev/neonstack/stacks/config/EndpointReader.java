package dev.neonstack.stacks.config;

import dev.neonstack.components.neon.EndpointSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the endpoint of a branch. */
final class EndpointReader {
  static final List<String> KEYS =
      List.of("enabled", "settings", "suspendTimeout", "minCu", "maxCu", "pooler");

  private static final double SMALLEST_CU = 0.25;
  private static final double LARGEST_CU = 56;
  private static final String SIZE = "a number of compute units from 0.25 to 56";
  private static final Pattern SETTING = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.]{0,62}");

  /** Settings that decide where Postgres listens, where its data is and how it reaches storage. */
  private static final Set<String> OWNED =
      Set.of(
          "port",
          "listen_addresses",
          "data_directory",
          "config_file",
          "hba_file",
          "ident_file",
          "external_pid_file",
          "fsync",
          "full_page_writes",
          "hot_standby",
          "max_wal_size",
          "max_wal_senders",
          "max_replication_slots",
          "password_encryption",
          "restore_command",
          "shared_preload_libraries",
          "synchronous_commit",
          "synchronous_standby_names");

  private static final List<String> OWNED_PREFIXES =
      List.of("wal_", "archive_", "recovery_", "primary_", "unix_socket_", "ssl", "neon.");

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
    settings.forEach(
        (name, value) -> {
          var path = section.path("settings") + "." + name;
          if (owned(name.toLowerCase(Locale.ROOT))) {
            section
                .problems()
                .wrong(path, value, "no value here, the platform sets it", "Remove it.");
          } else if (!SETTING.matcher(name).matches()) {
            section
                .problems()
                .add("%s is not the name of a Postgres setting. Correct it.".formatted(path));
          }
        });
    return settings;
  }

  private static boolean owned(String name) {
    return OWNED.contains(name) || OWNED_PREFIXES.stream().anyMatch(name::startsWith);
  }
}
