package dev.neonstack.neon;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which settings of PostgreSQL an endpoint can be given: one judgement for every door. Whether
 * PostgreSQL knows a name and takes its value, only PostgreSQL can say.
 */
public final class SettingRules {
  private static final String PART = "[A-Za-z_][A-Za-z0-9_$]{0,62}";
  private static final Pattern NAME = Pattern.compile(PART + "(\\." + PART + "){0,3}");

  /** Libraries that look at statements and memory and reach nothing else. */
  private static final List<String> LIBRARIES =
      List.of("auto_explain", "pg_prewarm", "pg_stat_statements");

  private static final Set<String> LIBRARY_LISTS =
      Set.of("shared_preload_libraries", "session_preload_libraries");

  private static final Pattern ONE_OR_MORE = Pattern.compile("0*[1-9][0-9]*");

  /**
   * Settings nobody may give, with the same reason. A name that ends in * stands for a beginning.
   */
  private record Group(String reason, Set<String> names) {
    boolean holds(String name) {
      return names.stream()
          .anyMatch(
              own ->
                  own.endsWith("*")
                      ? name.startsWith(own.substring(0, own.length() - 1))
                      : name.equals(own));
    }
  }

  private static final List<Group> REFUSED =
      List.of(
          new Group(
              "no committed row and no branch is safe without it",
              Set.of(
                  "allow_in_place_tablespaces",
                  "allow_system_table_mods",
                  "archive_*",
                  "data_sync_retry",
                  "debug_io_direct",
                  "fsync",
                  "full_page_writes",
                  "hot_standby*",
                  "ignore_checksum_failure",
                  "ignore_invalid_pages",
                  "ignore_system_indexes",
                  "max_slot_wal_keep_size",
                  "neon.*",
                  "primary_*",
                  "promote_trigger_file",
                  "recovery_*",
                  "restore_command",
                  "sync_replication_slots",
                  "synchronized_standby_slots",
                  "synchronous_commit",
                  "synchronous_standby_names",
                  "wal_init_zero",
                  "wal_keep_*",
                  "wal_level",
                  "wal_recycle",
                  "wal_sync_method",
                  "zero_damaged_pages")),
          new Group(
              "the server is found, reached and looked after by it",
              Set.of(
                  "allow_alter_system",
                  "bonjour*",
                  "config_file",
                  "data_directory",
                  "db_user_namespace",
                  "external_pid_file",
                  "gss_*",
                  "hba_file",
                  "ident_file",
                  "krb_*",
                  "listen_addresses",
                  "password_encryption",
                  "port",
                  "post_auth_delay",
                  "pre_auth_delay",
                  "reserved_connections",
                  "ssl",
                  "ssl_*",
                  "superuser_reserved_connections",
                  "unix_socket_*")),
          new Group(
              "files, programs or the log of the machine are reached by it",
              Set.of(
                  "basebackup_to_shell.*",
                  "basic_archive.*",
                  "dynamic_library_path",
                  "event_source",
                  "extension_control_path",
                  "include*",
                  "jit_debugging_support",
                  "jit_dump_bitcode",
                  "jit_profiling_support",
                  "jit_provider",
                  "local_preload_libraries",
                  "log_destination",
                  "log_directory",
                  "log_file_mode",
                  "log_filename",
                  "log_rotation_*",
                  "log_truncate_on_rotation",
                  "logging_collector",
                  "output_plugin_libraries",
                  "plperl.*",
                  "pltcl.*",
                  "pltclu.*",
                  "stats_temp_directory",
                  "syslog_*")),
          new Group(
              "it belongs to one session or transaction",
              Set.of("role", "session_authorization", "transaction_*", "seed", "is_superuser")));

  private SettingRules() {}

  /**
   * A setting that cannot be given.
   *
   * @param setting its name as it was given
   * @param expected what would be right: {@code no value here, as …}
   */
  public record Objection(String setting, String expected) {
    @Override
    public String toString() {
      return setting + " is refused; expected " + expected;
    }
  }

  /** What is wrong with these settings; in the order of their names, one for each at most. */
  public static List<Objection> objections(Map<String, String> settings) {
    var found = new ArrayList<Objection>();
    var seen = new HashSet<String>();
    new TreeMap<>(settings)
        .forEach(
            (name, value) ->
                objection(name, value, seen.add(folded(name)))
                    .ifPresent(expected -> found.add(new Objection(name, expected))));
    return found;
  }

  /** The name as PostgreSQL compares it, which knows no upper and lower case. */
  public static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Optional<String> objection(String given, String value, boolean first) {
    var name = folded(given);
    if (!NAME.matcher(given).matches()) {
      return Optional.of("the name of a setting of PostgreSQL: letters, digits and _");
    }
    if (!first) {
      return Optional.of("each setting once, as its name knows no upper and lower case");
    }
    var refused = REFUSED.stream().filter(group -> group.holds(name)).findFirst();
    if (refused.isPresent()) {
      return refused.map(group -> "no value here, as " + group.reason());
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("a value without line breaks and control characters");
    }
    return ofValue(name, value);
  }

  private static Optional<String> ofValue(String name, String value) {
    if (LIBRARY_LISTS.contains(name) && !LIBRARIES.containsAll(elements(value))) {
      return Optional.of("libraries among " + String.join(", ", LIBRARIES));
    }
    if (name.equals("max_wal_senders") && !ONE_OR_MORE.matcher(value.strip()).matches()) {
      return Optional.of("1 or more, as WAL leaves the server through them");
    }
    return Optional.empty();
  }

  private static List<String> elements(String list) {
    return Stream.of(list.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }
}
