package dev.neonstack.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.controlplane.server.StorageAccess;
import dev.neonstack.controlplane.spec.ComputeKeys;
import dev.neonstack.neon.http.Endpoints;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.operator.model.PodSettings;
import dev.neonstack.operator.model.PodSettings.Reach;
import dev.neonstack.operator.model.PodSettings.Scheduling;
import dev.neonstack.operator.reconcile.NeonComputeReconciler.Limits;
import io.fabric8.kubernetes.api.model.Toleration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's settings as they stand in their file, in YAML. What is absent is null.
 *
 * @param namespaces whose computes are looked after; absent: all
 * @param storageUrl http://host:port or https://host:port of storage
 * @param storageDialect {@code controller}, which holds when it is absent, or {@code pageserver}
 * @param storageTokenFile file with a token of scope {@code admin}; absent: none is sent
 * @param storageCaFile file with certificates that storage is trusted by; absent: the machine's
 * @param safekeepers {@code host:port} of those that no storage controller manages
 * @param images the compute's image by major version of PostgreSQL
 * @param poolerImage image of PgBouncer; absent: there is no pooler
 * @param exporterImage image of postgres_exporter; absent: there is none
 * @param controlPlaneUrl where computes reach this operator
 * @param listen port on which it answers computes
 * @param listenAddress address on which it does; absent: all
 * @param privateKeyFile file with the key that tokens are signed with
 * @param publicKeyFile file with its public half
 * @param tlsSecret Secret with which computes serve TLS; absent: they serve none
 * @param nodeSelector labels of the nodes that computes run on
 * @param tolerations taints that keep others away from these
 * @param pullSecrets Secrets with which images are pulled
 * @param priorityClass of the pods
 * @param clients labels of the pods that may connect to Postgres; absent: every pod may
 * @param controlPlane labels of the operator's own pods
 * @param scrapers namespace from which metrics are read; absent: nobody reads them
 * @param startSeconds from a pod's creation until Postgres must run; absent: 300
 * @param deletionSeconds until a deletion says what it waits for; absent: 120
 * @param forceSeconds how long a pod may stay beyond the time it was given to end; absent: 60
 */
record OperatorFile(
    Set<String> namespaces,
    URI storageUrl,
    String storageDialect,
    Path storageTokenFile,
    Path storageCaFile,
    List<String> safekeepers,
    Map<Integer, String> images,
    String poolerImage,
    String exporterImage,
    URI controlPlaneUrl,
    Integer listen,
    String listenAddress,
    Path privateKeyFile,
    Path publicKeyFile,
    String tlsSecret,
    Map<String, String> nodeSelector,
    List<Toleration> tolerations,
    List<String> pullSecrets,
    String priorityClass,
    Map<String, String> clients,
    Map<String, String> controlPlane,
    String scrapers,
    Integer startSeconds,
    Integer deletionSeconds,
    Integer forceSeconds) {
  private static final ObjectMapper YAML = new YAMLMapper();

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming everything that is wrong; no secret is in it
   */
  static OperatorSettings read(Path file) {
    try {
      return YAML.readValue(Files.readString(file), OperatorFile.class).settings();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the settings %s cannot be read: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the settings %s cannot be read: %s".formatted(file, e), e);
    }
  }

  private OperatorSettings settings() {
    var problems = new ArrayList<String>();
    require(problems, "storageUrl", storageUrl, "http://host:port or https://host:port of storage");
    require(problems, "controlPlaneUrl", controlPlaneUrl, "http://host:port of this operator");
    require(problems, "listen", listen, "a port, 0 to 65535");
    require(problems, "privateKeyFile", privateKeyFile, "a file with a key of Ed25519 in PEM");
    require(problems, "publicKeyFile", publicKeyFile, "a file with its public half in PEM");
    require(problems, "controlPlane", controlPlane, "labels of the operator's own pods");
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new OperatorSettings(
        Optional.ofNullable(namespaces).orElse(Set.of()),
        new StorageAccess.Place(
            Endpoints.base("storage", storageUrl),
            dialect(),
            Optional.ofNullable(storageTokenFile),
            Optional.ofNullable(storageCaFile)),
        Optional.ofNullable(safekeepers).orElse(List.of()),
        pods(),
        new ComputeKeys(text(privateKeyFile), text(publicKeyFile), Clock.systemUTC()),
        new InetSocketAddress(Optional.ofNullable(listenAddress).orElse("0.0.0.0"), listen),
        limits());
  }

  private static void require(List<String> problems, String name, Object value, String expected) {
    if (value == null) {
      problems.add("%s is missing; expected %s".formatted(name, expected));
    }
  }

  private Dialect dialect() {
    var word = Optional.ofNullable(storageDialect).orElse("controller");
    try {
      return Dialect.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "storageDialect is '%s'; expected controller or pageserver".formatted(word), e);
    }
  }

  private PodSettings pods() {
    return new PodSettings(
        Optional.ofNullable(images).orElse(Map.of()),
        Optional.ofNullable(poolerImage),
        Optional.ofNullable(exporterImage),
        controlPlaneUrl,
        Optional.ofNullable(tlsSecret),
        new Scheduling(
            Optional.ofNullable(nodeSelector).orElse(Map.of()),
            Optional.ofNullable(tolerations).orElse(List.of()),
            Optional.ofNullable(pullSecrets).orElse(List.of()),
            Optional.ofNullable(priorityClass)),
        new Reach(
            Optional.ofNullable(clients).orElse(Map.of()),
            controlPlane,
            Optional.ofNullable(scrapers)));
  }

  private Limits limits() {
    return new Limits(
        seconds(startSeconds, Limits.USUAL.start()),
        seconds(deletionSeconds, Limits.USUAL.deletion()),
        seconds(forceSeconds, Limits.USUAL.force()));
  }

  private static Duration seconds(Integer given, Duration usual) {
    return given == null ? usual : Duration.ofSeconds(given);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("the key %s cannot be read: %s".formatted(file, e), e);
    }
  }
}
