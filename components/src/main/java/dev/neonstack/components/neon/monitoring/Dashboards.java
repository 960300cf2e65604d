package dev.neonstack.components.neon.monitoring;

import java.util.List;

/** The pages: storage, safekeepers, branches and computes. */
final class Dashboards {
  private static final String HERE = "{namespace=\"$namespace\"}";
  private static final String EACH_BRANCH = "max by (tenant_id, timeline_id) ";

  private Dashboards() {}

  static List<Dashboard> all() {
    return List.of(storage(), safekeepers(), branches());
  }

  private static Dashboard storage() {
    return new Dashboard(
        "neon-storage",
        "Neon: storage",
        List.of(
            panel("Servers that answer", "short", "count by (job) (up%s == 1)", "{{job}}"),
            slowest("Page reads", "pageserver_smgr_query_seconds_global"),
            rate("Log taken in", "ops", "pageserver_wal_ingest_records_received"),
            sum("Held on the cache volume", "bytes", "pageserver_resident_physical_size"),
            sum("Held in the object store", "bytes", "pageserver_remote_physical_size"),
            rate(
                "Fetched back from the object store",
                "Bps",
                "pageserver_ondemand_download_bytes_total"),
            rate("Calls to the object store", "ops", "remote_storage_s3_request_seconds_count"),
            sum(
                "Waiting reconciles of the storage controller",
                "short",
                "storage_controller_pending_reconciles")));
  }

  private static Dashboard safekeepers() {
    return new Dashboard(
        "neon-safekeepers",
        "Neon: safekeepers",
        List.of(
            slowest("Time to make log durable", "safekeeper_flush_wal_seconds"),
            sum("Disk used by log", "bytes", "safekeeper_disk_usage_bytes"),
            panel(
                "Log not in the object store",
                "bytes",
                "sum by (pod) (safekeeper_commit_lsn%1$s - safekeeper_backup_lsn%1$s)",
                "{{pod}}"),
            rate("Failed uploads", "ops", "safekeeper_backup_errors_total"),
            sum("Branches with log", "short", "safekeeper_timelines"),
            sum("Computes connected", "short", "safekeeper_connected_computes")));
  }

  private static Dashboard branches() {
    return new Dashboard(
        "neon-branches",
        "Neon: branches and computes",
        List.of(
            panel(
                "Branches by state",
                "short",
                "sum by (state) (pageserver_timeline_states_count%s)",
                "{{state}}"),
            top("Ten largest branches", EACH_BRANCH + "(pageserver_current_logical_size%s)"),
            top("Ten branches with most history", EACH_BRANCH + "(pageserver_pitr_history_size%s)"),
            top(
                "Ten branches furthest behind",
                EACH_BRANCH
                    + "(safekeeper_commit_lsn%1$s) - "
                    + EACH_BRANCH
                    + "(pageserver_last_record_lsn%1$s)"),
            slowest("Starting data for computes", "pageserver_basebackup_query_seconds"),
            panel("Computes running", "short", "count(compute_ctl_up%s == 1)", "computes"),
            rate("New client connections", "ops", "proxy_opened_client_connections_total"),
            rate("Failed connections", "ops", "proxy_connection_failures_total")));
  }

  private static Panel sum(String title, String unit, String metric) {
    return panel(title, unit, "sum by (pod) (" + metric + "%s)", "{{pod}}");
  }

  private static Panel rate(String title, String unit, String metric) {
    return panel(title, unit, "sum by (pod) (rate(" + metric + "%s[5m]))", "{{pod}}");
  }

  private static Panel slowest(String title, String histogram) {
    return panel(
        title + ", 99th percentile",
        "s",
        "histogram_quantile(0.99, sum by (pod, le) (rate(" + histogram + "_bucket%s[5m])))",
        "{{pod}}");
  }

  private static Panel top(String title, String expression) {
    return panel(title, "bytes", "topk(10, " + expression + ")", "{{timeline_id}}");
  }

  private static Panel panel(String title, String unit, String expression, String legend) {
    return new Panel(title, unit, expression.formatted(HERE), legend);
  }
}
