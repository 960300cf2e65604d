package dev.neonstack.controlplane.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.neonstack.neon.SettingRules;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a Postgres server, each once. Never one of {@code neon.*} that says where storage
 * is: compute_ctl writes these from the specification's own fields, and settings come after them
 * and win, so that a new safekeeper or pageserver would never arrive.
 */
final class Settings {
  private static final String LIBRARIES = "shared_preload_libraries";

  private final Map<String, Value> all = new LinkedHashMap<>();

  /**
   * A value.
   *
   * @param type compute_ctl quotes a {@code string} and writes everything else as it is
   */
  private record Value(String name, String text, String type) {}

  private Settings() {}

  static Settings of(PrimaryCompute compute) {
    var settings = new Settings();
    settings.place();
    settings.size(compute.tuning());
    settings.durability(compute.tuning());
    settings.manners();
    settings.neon(compute);
    settings.own(compute.tuning().settings());
    return settings;
  }

  private void place() {
    integer("port", SpecDocument.POSTGRES_PORT);
    string("listen_addresses", "*");
  }

  private void size(PrimaryCompute.Tuning tuning) {
    var size = tuning.size();
    integer("max_connections", size.maxConnections());
    integer("superuser_reserved_connections", 7);
    string("shared_buffers", size.sharedBuffersMib() + "MB");
    integer("max_worker_processes", size.maxWorkerProcesses());
    word("huge_pages", "off");
    integer("effective_io_concurrency", 20);
    integer("maintenance_io_concurrency", 100);
  }

  private void durability(PrimaryCompute.Tuning tuning) {
    bool("fsync", "off");
    bool("restart_after_crash", "off");
    word("wal_level", tuning.logicalReplication() ? "logical" : "replica");
    bool("wal_log_hints", "off");
    integer("wal_keep_size", 0);
    integer("wal_sender_timeout", 10_000);
    integer("max_wal_size", 1024);
    integer("max_wal_senders", 10);
    integer("max_replication_slots", 10);
    string("synchronous_standby_names", "walproposer");
    string("max_replication_write_lag", "500MB");
    string("max_replication_flush_lag", "10GB");
    string("checkpoint_timeout", "30min");
  }

  private void manners() {
    word("password_encryption", "scram-sha-256");
    integer("client_connection_check_interval", 60_000);
    integer("idle_in_transaction_session_timeout", 300_000);
    bool("log_connections", "on");
    bool("log_disconnections", "on");
    integer("log_temp_files", 1 << 20);
    word("log_error_verbosity", "terse");
    word("log_min_error_statement", "panic");
  }

  private void neon(PrimaryCompute compute) {
    var cache = compute.tuning().size().fileCacheMib() + "MB";
    string(LIBRARIES, "neon,pg_stat_statements");
    integer("neon.protocol_version", 3);
    string(
        "neon.unstable_extensions",
        "rag,rag_bge_small_en_v15,rag_jina_reranker_v1_tiny_en,pg_mooncake,anon");
    string("neon.file_cache_path", SpecDocument.CACHE_FOLDER + "/file.cache");
    string("neon.max_file_cache_size", cache);
    string("neon.file_cache_size_limit", cache);
    integer("neon.pgstat_file_size_limit", 20_480);
    compute.tuning().storageLimitMib().ifPresent(limit -> integer("neon.max_cluster_size", limit));
    compute.report().ifPresent(url -> string("neon.console_url", url.toString()));
  }

  private void own(Map<String, String> given) {
    given.forEach(
        (name, value) -> {
          var folded = SettingRules.folded(name);
          string(folded, folded.equals(LIBRARIES) ? withOurs(value) : value);
        });
  }

  /** Without Neon's own library no page is found. */
  private String withOurs(String libraries) {
    Set<String> names = new LinkedHashSet<>(List.of(all.get(LIBRARIES).text().split(",")));
    for (var library : libraries.split(",", -1)) {
      names.add(library.strip());
    }
    names.remove("");
    return String.join(",", names);
  }

  private void integer(String name, long value) {
    put(name, Long.toString(value), "integer");
  }

  private void string(String name, String value) {
    put(name, value, "string");
  }

  private void bool(String name, String value) {
    put(name, value, "bool");
  }

  private void word(String name, String value) {
    put(name, value, "enum");
  }

  private void put(String name, String value, String type) {
    all.put(name, new Value(name, value, type));
  }

  void writeTo(ArrayNode list) {
    all.values()
        .forEach(
            value ->
                list.addObject()
                    .put("name", value.name())
                    .put("value", value.text())
                    .put("vartype", value.type()));
  }
}
