package dev.neonstack.emulator.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings of a server: ours that nobody may change, our defaults, and what was asked for. */
final class PostgresSettings {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

  /** On these branching rests, or the ways into and around the server. */
  private static final Set<String> RESERVED =
      Set.of(
          "archive_cleanup_command",
          "archive_command",
          "archive_library",
          "archive_mode",
          "config_file",
          "data_directory",
          "external_pid_file",
          "fsync",
          "full_page_writes",
          "hba_file",
          "ident_file",
          "listen_addresses",
          "log_destination",
          "logging_collector",
          "max_slot_wal_keep_size",
          "port",
          "primary_conninfo",
          "recovery_init_sync_method",
          "restore_command",
          "unix_socket_directories",
          "wal_keep_size",
          "wal_recycle");

  private static final Map<String, String> DEFAULTS =
      Map.of(
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
    var all = new TreeMap<>(DEFAULTS);
    asked.forEach((name, value) -> all.put(checked(name, value), value));
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + " = '" + entry.getValue().replace("'", "''") + "'\n")
        .collect(Collectors.joining());
  }

  private static String checked(String name, String value) {
    var folded = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(folded).matches()) {
      throw new ComputeFailed(
          "'" + name + "' is no name of a PostgreSQL setting; expected letters, digits and _");
    }
    if (RESERVED.contains(folded)) {
      throw new ComputeFailed(
          "the PostgreSQL setting '"
              + folded
              + "' is neonstack's own; remove it from the settings");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new ComputeFailed(
          "the PostgreSQL setting '" + folded + "' has a line break or control character in it");
    }
    return folded;
  }

  /** What stands on the command line, so that ALTER SYSTEM cannot change it either. */
  static String options(int port) {
    var fixed = new ArrayList<>(List.of("port=" + port));
    fixed.add("listen_addresses=127.0.0.1");
    fixed.add("unix_socket_directories=");
    fixed.add("fsync=on");
    fixed.add("full_page_writes=on");
    fixed.add("archive_mode=off");
    fixed.add("wal_recycle=off");
    fixed.add("wal_keep_size=1TB");
    fixed.add("logging_collector=off");
    if (ProcPaths.AVAILABLE) {
      fixed.add("recovery_init_sync_method=syncfs");
    }
    return fixed.stream().map(setting -> "-c " + setting).collect(Collectors.joining(" "));
  }
}
