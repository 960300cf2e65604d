package dev.neonstack.components.neon.namespace;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What the network policies have to know about the cluster.
 *
 * @param dns where pods resolve names
 * @param objectStore where the bucket is, and what lets servers use it
 * @param apiServer the API server of Kubernetes, for the pods that watch it
 * @param database the storage controller's Postgres outside the namespace; absent: inside
 * @param databaseOperator namespace of the operator that looks after a Postgres inside
 * @param prometheus namespace that reads metrics; absent: none does
 * @param clients addresses that may connect to the proxy; empty: all
 * @param healthChecks the load balancer that asks the proxy whether it is well; absent: none does
 */
public record NetworkSettings(
    Outside dns,
    List<Outside> objectStore,
    Outside apiServer,
    Optional<Outside> database,
    String databaseOperator,
    Optional<String> prometheus,
    List<String> clients,
    Optional<Outside> healthChecks) {
  public NetworkSettings {
    requireNonNull(dns, "dns is null");
    objectStore = List.copyOf(objectStore);
    requireNonNull(apiServer, "apiServer is null");
    requireNonNull(database, "database is null");
    requireNonNull(databaseOperator, "databaseOperator is null");
    requireNonNull(prometheus, "prometheus is null");
    requireNonNull(healthChecks, "healthChecks is null");
    clients = List.copyOf(clients);
  }
}
