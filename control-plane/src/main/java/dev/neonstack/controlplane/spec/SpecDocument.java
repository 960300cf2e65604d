package dev.neonstack.controlplane.spec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The specification of a compute, as compute_ctl reads it. Why each field is as it is stands beside
 * it in {@code primary.yaml} of the tests.
 */
public final class SpecDocument {
  /** Where Postgres listens; the pooler's own configuration looks for it there. */
  public static final int POSTGRES_PORT = 5432;

  /** Where the file of cached pages is; the default is in a folder that each start empties. */
  public static final String CACHE_FOLDER = "/neon/cache";

  /** Where the key and the certificate are. */
  public static final String TLS_FOLDER = "/etc/neon-tls";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SpecDocument() {}

  /**
   * The answer to a compute that asks what it is.
   *
   * @param keys by which it will know the control plane, and by which storage will know it
   */
  public static ObjectNode attached(PrimaryCompute compute, ComputeKeys keys) {
    var answer = JSON.createObjectNode();
    answer.set("spec", spec(compute, keys));
    answer.put("status", "attached");
    var config = answer.putObject("compute_ctl_config");
    config.set("jwks", JSON.valueToTree(keys.jwks()));
    if (compute.tuning().tls()) {
      config
          .putObject("tls")
          .put("key_path", TLS_FOLDER + "/tls.key")
          .put("cert_path", TLS_FOLDER + "/tls.crt");
    }
    return answer;
  }

  private static ObjectNode spec(PrimaryCompute compute, ComputeKeys keys) {
    var data = compute.data();
    var spec =
        JSON.createObjectNode()
            .put("format_version", 1.0)
            .put("operation_uuid", compute.operation().toString())
            .put("suspend_timeout_seconds", compute.tuning().suspendSeconds());
    var features = spec.putArray("features").add("activity_monitor_experimental");
    if (compute.tuning().tls()) {
      features.add("tls_experimental");
    }
    spec.put("tenant_id", data.tenant().value()).put("timeline_id", data.timeline().value());
    spec.put("project_id", compute.names().project())
        .put("branch_id", compute.names().branch())
        .put("endpoint_id", compute.names().endpoint())
        .put("mode", "Primary");
    storage(spec, data);
    spec.put("storage_auth_token", keys.tenantToken(data.tenant()))
        .put("skip_pg_catalog_updates", false)
        .put("reconfigure_concurrency", 1)
        .put("drop_subscriptions_before_start", data.child())
        .put("audit_log_level", "Disabled")
        .putArray("delta_operations");
    pooler(spec.putObject("pgbouncer_settings"), compute.tuning().size());
    cluster(spec.putObject("cluster"), compute);
    return spec;
  }

  private static void storage(ObjectNode spec, PrimaryCompute.Data data) {
    var placement = data.pageservers();
    var count = placement.shardCount();
    var pages = spec.putObject("pageserver_connection_info");
    pages.put("shard_count", count);
    if (count == 0) {
      pages.putNull("stripe_size");
    } else {
      pages.put("stripe_size", placement.stripeSize());
    }
    pages.put("prefer_protocol", "libpq");
    var shards = pages.putObject("shards");
    for (var number = 0; number < placement.shards().size(); number++) {
      var shard = placement.shards().get(number);
      shards
          .putObject("%02x%02x".formatted(number, count))
          .putArray("pageservers")
          .addObject()
          .put("id", shard.node())
          .put("libpq_url", "postgresql://no_user@" + shard.address())
          .putNull("grpc_url");
    }
    if (data.safekeepers().generation() > 0) {
      spec.put("safekeepers_generation", data.safekeepers().generation());
    }
    var safekeepers = spec.putArray("safekeeper_connstrings");
    data.safekeepers().members().forEach(safekeepers::add);
  }

  private static void pooler(ObjectNode settings, ComputeSize size) {
    var pool = Integer.toString(size.poolSize());
    settings
        .put("default_pool_size", pool)
        .put("max_db_connections", pool)
        .put("max_prepared_statements", "1000");
  }

  private static void cluster(ObjectNode cluster, PrimaryCompute compute) {
    cluster
        .put("cluster_id", compute.names().endpoint())
        .put("name", compute.names().endpoint())
        .putNull("state")
        .putNull("postgresql_conf");
    var roles = cluster.putArray("roles");
    compute
        .roles()
        .forEach(
            role ->
                roles
                    .addObject()
                    .put("name", role.name())
                    .put("encrypted_password", role.verifier())
                    .putNull("options"));
    var databases = cluster.putArray("databases");
    compute
        .databases()
        .forEach(
            database ->
                databases
                    .addObject()
                    .put("name", database.name())
                    .put("owner", database.owner())
                    .putNull("options"));
    Settings.of(compute).writeTo(cluster.putArray("settings"));
  }
}
