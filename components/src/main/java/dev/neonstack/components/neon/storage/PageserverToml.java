package dev.neonstack.components.neon.storage;

import static java.util.Objects.requireNonNull;

import dev.neonstack.components.neon.kube.Ports;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file {@code pageserver.toml} of every pageserver, without what differs between them and
 * without secrets. A pageserver ignores keys it does not know, so that they are spelt here once.
 *
 * @param brokerUrl of the storage broker
 * @param controllerUrl of the storage controller
 * @param publicKeys directory with the public keys of accepted tokens
 * @param remoteStorage the object store as an inline table
 */
record PageserverToml(
    String brokerUrl,
    String controllerUrl,
    String publicKeys,
    String remoteStorage,
    PageserverTuning tuning) {
  private static final long MEBIBYTE = 1024L * 1024L;

  PageserverToml {
    requireNonNull(brokerUrl, "brokerUrl is null");
    requireNonNull(controllerUrl, "controllerUrl is null");
    requireNonNull(publicKeys, "publicKeys is null");
    requireNonNull(tuning, "tuning is null");
    if (!remoteStorage.contains("bucket_region")) {
      throw new IllegalArgumentException(
          "remoteStorage has no bucket_region; a pageserver would take the bucket for one of"
              + " Google's");
    }
  }

  String text() {
    var text = new StringBuilder();
    settings().forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    text.append("\n[tenant_config]\n");
    tenantConfig()
        .forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    return text.toString();
  }

  private Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("listen_pg_addr", quoted("0.0.0.0:" + Ports.PAGESERVER_PAGES));
    settings.put("listen_http_addr", quoted("0.0.0.0:" + Ports.PAGESERVER_HTTP));
    settings.put("broker_endpoint", quoted(brokerUrl));
    settings.put("control_plane_api", quoted(controllerUrl + "/upcall/v1/"));
    settings.put("http_auth_type", quoted("NeonJWT"));
    settings.put("pg_auth_type", quoted("NeonJWT"));
    settings.put("auth_validation_public_key_path", quoted(publicKeys));
    settings.put("pg_distrib_dir", quoted("/usr/local/"));
    settings.put("page_cache_size", Long.toString(tuning.pageCachePages()));
    settings.put("max_file_descriptors", Integer.toString(tuning.maxFileDescriptors()));
    settings.put("log_format", quoted(tuning.logFormat()));
    settings.put("remote_storage", remoteStorage);
    settings.put(
        "disk_usage_based_eviction",
        "{max_usage_pct = %d, min_avail_bytes = 2000000000, period = \"60s\"}"
            .formatted(tuning.maxDiskUsagePercent()));
    return settings;
  }

  private Map<String, String> tenantConfig() {
    var config = new LinkedHashMap<String, String>();
    config.put("pitr_interval", seconds(tuning.historyRetention()));
    config.put("gc_horizon", Long.toString(tuning.walRetentionMiB() * MEBIBYTE));
    config.put("heatmap_period", seconds(tuning.heatmapPeriod()));
    return config;
  }

  private static String seconds(Duration duration) {
    return quoted(duration.toSeconds() + "s");
  }

  private static String quoted(String text) {
    return TomlText.quoted(text);
  }
}
