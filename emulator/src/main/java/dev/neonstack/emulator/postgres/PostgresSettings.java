package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.SettingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of a server: ours that nobody may change, our defaults, and what was asked for. */
final class PostgresSettings {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "shared_preload_libraries", "pg_stat_statements",
          "shared_buffers", "16MB",
          "max_connections", "100",
          "min_wal_size", "2MB",
          "max_wal_size", "256MB",
          "timezone", "UTC",
          "log_timezone", "UTC",
          "lc_messages", "C",
          "default_text_search_config", "pg_catalog.english");

  private PostgresSettings() {}

  /** The contents of postgresql.conf. */
  static String file(Map<String, String> asked) {
    var objections = SettingRules.objections(asked);
    if (!objections.isEmpty()) {
      throw new ComputeFailed("the settings of PostgreSQL cannot be used: " + objections);
    }
    var all = new TreeMap<>(DEFAULTS);
    asked.forEach((name, value) -> all.put(SettingRules.folded(name), value));
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + quoted(entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** What stands on the command line, so that ALTER SYSTEM cannot change it either. */
  static List<String> options(String address, int port, boolean logical) {
    var fixed = new ArrayList<>(List.of("port=" + port));
    fixed.add("listen_addresses=" + address);
    fixed.add("unix_socket_directories=");
    fixed.add("wal_level=" + (logical ? "logical" : "replica"));
    fixed.add("fsync=on");
    fixed.add("full_page_writes=on");
    fixed.add("archive_mode=off");
    fixed.add("wal_recycle=off");
    fixed.add("wal_keep_size=1TB");
    fixed.add("logging_collector=off");
    if (ProcPaths.AVAILABLE) {
      fixed.add("recovery_init_sync_method=syncfs");
    }
    return fixed.stream().flatMap(setting -> Stream.of("-c", setting)).toList();
  }
}
