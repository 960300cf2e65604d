package dev.neonstack.components.neon.monitoring;

import static dev.neonstack.components.neon.monitoring.Alert.Severity.CRITICAL;
import static dev.neonstack.components.neon.monitoring.Alert.Severity.WARNING;

import dev.neonstack.components.neon.kube.Role;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to warn of. Metric names are those of Neon's servers; {@code kubelet_} and {@code kube_}
 * ones come from the kubelet and from kube-state-metrics, which every Prometheus Operator set-up
 * has.
 */
final class Alerts {
  private static final long MIB = 1 << 20;

  private final String namespace;
  private final MonitoringSpec spec;

  Alerts(String namespace, MonitoringSpec spec) {
    this.namespace = namespace;
    this.spec = spec;
  }

  List<Alert> all() {
    return Stream.of(
            storageServers(),
            otherServers(),
            log(),
            branches(),
            pageservers(),
            controller(),
            spec.proxy() ? proxy() : List.<Alert>of(),
            spec.controlPlane() ? controlPlane() : List.<Alert>of())
        .flatMap(List::stream)
        .toList();
  }

  private List<Alert> storageServers() {
    return List.of(
        new Alert(
            "NeonSafekeeperQuorumLost",
            "(%s or vector(0)) < %d".formatted(answering(Role.SAFEKEEPER), spec.quorum()),
            "1m",
            CRITICAL,
            "Fewer than %d of %d safekeepers answer: no branch can commit"
                .formatted(spec.quorum(), spec.safekeepers())),
        new Alert(
            "NeonSafekeeperDown",
            "(%s or vector(0)) < %d".formatted(answering(Role.SAFEKEEPER), spec.safekeepers()),
            "5m",
            WARNING,
            "A safekeeper does not answer: the next one that fails may stop all commits"),
        new Alert(
            "NeonPageserverDown",
            "(%s or vector(0)) < %d".formatted(answering(Role.PAGESERVER), spec.pageservers()),
            "3m",
            CRITICAL,
            "A pageserver does not answer: its branches wait until another one has taken them over"));
  }

  private List<Alert> otherServers() {
    return List.of(
        new Alert(
            "NeonStorageControllerDown",
            "(%s or vector(0)) < 1".formatted(answering(Role.STORAGE_CONTROLLER)),
            "3m",
            CRITICAL,
            "No storage controller answers: no branch is made, no pageserver restarts or fails over"),
        new Alert(
            "NeonStorageBrokerDown",
            "(%s or vector(0)) < 1".formatted(answering(Role.STORAGE_BROKER)),
            "5m",
            WARNING,
            "The broker does not answer: pageservers do not find safekeepers they do not know yet"),
        new Alert(
            "NeonPodRestarting",
            "increase(kube_pod_container_status_restarts_total{namespace=\"%s\"}[30m]) > 3"
                .formatted(namespace),
            "5m",
            WARNING,
            "{{ $labels.pod }} restarts again and again"));
  }

  private List<Alert> log() {
    return List.of(
        new Alert(
            "NeonWalNotBackedUp",
            "max by (tenant_id, timeline_id) (safekeeper_commit_lsn%1$s) - max by (tenant_id, timeline_id) (safekeeper_backup_lsn%1$s) > %2$d"
                .formatted(inNamespace(), 1024 * MIB),
            "15m",
            WARNING,
            "More than 1 GiB of log of branch {{ $labels.timeline_id }} is on safekeepers only"),
        new Alert(
            "NeonWalBackupFails",
            "sum(increase(safekeeper_backup_errors_total%s[15m])) > 0".formatted(inNamespace()),
            "15m",
            WARNING,
            "Safekeepers cannot write to the object store: their volumes fill up"),
        new Alert(
            "NeonWalDiskErrors",
            "sum by (pod) (increase(safekeeper_wal_disk_io_errors%s[10m])) > 0"
                .formatted(inNamespace()),
            "0m",
            CRITICAL,
            "The volume of {{ $labels.pod }} fails to read or write: replace it while a quorum is left"),
        new Alert(
            "NeonVolumeFilling",
            "kubelet_volume_stats_used_bytes%1$s / kubelet_volume_stats_capacity_bytes%1$s > 0.85"
                .formatted(ofVolumes(Role.SAFEKEEPER)),
            "10m",
            CRITICAL,
            "{{ $labels.persistentvolumeclaim }} is filled to 85 %: a full safekeeper stops commits"));
  }

  private List<Alert> branches() {
    return List.of(
        new Alert(
            "NeonPageserverBehind",
            "max by (tenant_id, timeline_id) (safekeeper_commit_lsn%1$s) - max by (tenant_id, timeline_id) (pageserver_last_record_lsn%1$s) > %2$d"
                .formatted(inNamespace(), 512 * MIB),
            "10m",
            WARNING,
            "Branch {{ $labels.timeline_id }} is 512 MiB of log behind: reads of new pages wait"),
        new Alert(
            "NeonUploadsBehind",
            "max by (tenant_id, timeline_id) (pageserver_last_record_lsn%1$s) - max by (tenant_id, timeline_id) (pageserver_projected_remote_consistent_lsn%1$s) > %2$d"
                .formatted(inNamespace(), 2048 * MIB),
            "15m",
            WARNING,
            "Branch {{ $labels.timeline_id }} has 2 GiB that are not in the object store yet"),
        new Alert(
            "NeonTenantBroken",
            "sum by (pod) (pageserver_broken_tenants_count%s) > 0".formatted(inNamespace()),
            "5m",
            CRITICAL,
            "{{ $labels.pod }} cannot serve a project: all its branches are down"));
  }

  private List<Alert> pageservers() {
    return List.of(
        new Alert(
            "NeonLocalDataLoss",
            "max by (pod) (pageserver_local_data_loss_suspected%s) > 0".formatted(inNamespace()),
            "0m",
            CRITICAL,
            "{{ $labels.pod }} started on an empty volume that should have held projects"),
        new Alert(
            "NeonCompactionGivesUp",
            "sum by (pod) (increase(pageserver_circuit_breaker_broken%s[30m])) > 0"
                .formatted(inNamespace()),
            "0m",
            WARNING,
            "Background work of {{ $labels.pod }} failed so often that it was stopped"),
        new Alert(
            "NeonCacheTooSmall",
            "sum by (pod) (increase(pageserver_disk_usage_based_eviction_evicted_bytes_total%s[1h])) > %d"
                .formatted(inNamespace(), 51_200 * MIB),
            "2h",
            WARNING,
            "{{ $labels.pod }} throws 50 GiB an hour out of its cache: reads go to the object store"),
        new Alert(
            "NeonReadsSlow",
            "histogram_quantile(0.99, sum by (le) (rate(pageserver_smgr_query_seconds_global_bucket%s[5m]))) > 0.1"
                .formatted(inNamespace()),
            "15m",
            WARNING,
            "One read of a page in a hundred takes over 100 ms"),
        new Alert(
            "NeonConfigIgnored",
            "max by (pod, item) (pageserver_config_ignored_items%s) > 0".formatted(inNamespace()),
            "5m",
            WARNING,
            "{{ $labels.pod }} does not know {{ $labels.item }} of its configuration and runs without"));
  }

  private List<Alert> controller() {
    return List.of(
        new Alert(
            "NeonReconcileStuck",
            "max(storage_controller_stuck_reconciles%s) > 0".formatted(inNamespace()),
            "15m",
            WARNING,
            "The storage controller cannot bring a project to where it belongs"),
        new Alert(
            "NeonControllerDatabaseFails",
            "sum(increase(storage_controller_database_query_error%s[10m])) > 0"
                .formatted(inNamespace()),
            "10m",
            CRITICAL,
            "The storage controller cannot use its database, which holds the generations"));
  }

  private List<Alert> proxy() {
    return List.of(
        new Alert(
            "NeonProxyDown",
            "(%s or vector(0)) < 1".formatted(answering(Role.PROXY)),
            "1m",
            CRITICAL,
            "No proxy answers: nobody can connect from outside"),
        new Alert(
            "NeonConnectionsFail",
            "sum(rate(proxy_connection_failures_total%s[5m])) > 1".formatted(inNamespace()),
            "10m",
            WARNING,
            "More than one connection a second fails behind the proxy"),
        new Alert(
            "NeonProxyWithoutValkey",
            "sum(increase(proxy_redis_errors_total%s[10m])) > 0".formatted(inNamespace()),
            "10m",
            WARNING,
            "Proxies do not reach Valkey: a query cannot be cancelled, a new password takes 4 minutes"));
  }

  private List<Alert> controlPlane() {
    return List.of(
        new Alert(
            "NeonControlPlaneDown",
            "(%s or vector(0)) < 1".formatted(answering(Role.CONTROL_PLANE)),
            "5m",
            WARNING,
            "No control plane answers: no project gets a second pageserver, a drain moves nothing"),
        new Alert(
            "NeonHooksRefused",
            "sum by (hook, status) (increase(neonstack_hooks_total{namespace=\"%s\", status!=\"200\"}[10m])) > 0"
                .formatted(namespace),
            "10m",
            WARNING,
            "The control plane answers {{ $labels.hook }} with {{ $labels.status }}: the storage controller repeats it and does nothing else with the project"),
        new Alert(
            "NeonLogWithoutMajority",
            "max(neonstack_logs_without_majority{namespace=\"%s\"}) > 0".formatted(namespace),
            "2m",
            CRITICAL,
            "{{ $value }} branches have their log on less than a majority of their safekeepers: what is not in the bucket may be lost"),
        new Alert(
            "NeonSafekeeperRepairFails",
            "sum(increase(neonstack_safekeeper_repairs_total{namespace=\"%s\", result=\"failed\"}[15m])) > 0"
                .formatted(namespace),
            "15m",
            WARNING,
            "A safekeeper that has lost its disk does not get back its log: one more loss stops commits"),
        new Alert(
            "NeonWakesFail",
            "sum(increase(neonstack_failed_wakes_total{namespace=\"%s\"}[10m])) > 0"
                .formatted(namespace),
            "10m",
            WARNING,
            "Endpoints do not start for clients that connect to them"));
  }

  private String answering(Role role) {
    return "count(up{namespace=\"%1$s\", job=\"%1$s/%2$s\"} == 1)"
        .formatted(namespace, role.word());
  }

  private String inNamespace() {
    return "{namespace=\"%s\"}".formatted(namespace);
  }

  private String ofVolumes(Role role) {
    return "{namespace=\"%s\", persistentvolumeclaim=~\".*%s-.*\"}"
        .formatted(namespace, role.word());
  }
}
