package dev.neonstack.operator.model;

import io.fabric8.kubernetes.api.model.Toleration;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all pods of computes have in common.
 *
 * @param images the compute's image for each major version of PostgreSQL
 * @param pooler image of PgBouncer; without one there is no pooler
 * @param exporter image of postgres_exporter; without one there is no exporter
 * @param controlPlane where computes reach the control plane
 * @param tlsSecret a Secret of the namespace with {@code tls.key} and {@code tls.crt}, with which
 *     computes serve TLS; without one they serve none
 * @param scheduling where pods run
 * @param reach who reaches computes
 */
public record PodSettings(
    Map<Integer, String> images,
    Optional<String> pooler,
    Optional<String> exporter,
    URI controlPlane,
    Optional<String> tlsSecret,
    Scheduling scheduling,
    Reach reach) {

  /** Keeps its own copy. */
  public PodSettings {
    images = Map.copyOf(images);
  }

  /**
   * Where pods run.
   *
   * @param nodeSelector labels of the nodes
   * @param tolerations taints of nodes that keep others away
   * @param pullSecrets Secrets of the namespace with which images are pulled
   * @param priorityClass the pods' priority; without one the cluster's default
   */
  public record Scheduling(
      Map<String, String> nodeSelector,
      List<Toleration> tolerations,
      List<String> pullSecrets,
      Optional<String> priorityClass) {
    /** Anywhere. */
    public static final Scheduling ANYWHERE =
        new Scheduling(Map.of(), List.of(), List.of(), Optional.empty());

    /** Keeps its own copies. */
    public Scheduling {
      nodeSelector = Map.copyOf(nodeSelector);
      tolerations = List.copyOf(tolerations);
      pullSecrets = List.copyOf(pullSecrets);
    }
  }

  /**
   * Who reaches computes. Pods are chosen by their labels, in every namespace.
   *
   * @param clients who may connect to Postgres: Neon's proxy, or every pod where it is empty
   * @param controlPlane who may ask and end compute_ctl
   * @param scrapers the namespace from which metrics are read; nobody reads them without one
   */
  public record Reach(
      Map<String, String> clients, Map<String, String> controlPlane, Optional<String> scrapers) {
    /** Keeps its own copies. */
    public Reach {
      clients = Map.copyOf(clients);
      controlPlane = Map.copyOf(controlPlane);
    }
  }
}
