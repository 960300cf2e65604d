package dev.neonstack.operator.model;

import dev.neonstack.controlplane.account.ScramVerifier;
import dev.neonstack.controlplane.spec.SpecDocument;
import dev.neonstack.operator.api.NeonCompute;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a compute has besides its pod, whether it sleeps or not, and what goes away with it. */
public final class Attached {
  /** Keys of the Secret with the login. */
  public static final String PASSWORD = "password";

  /** What PostgreSQL stores of the password. */
  public static final String VERIFIER = "verifier";

  private Attached() {}

  /** The Service's name inside the cluster. */
  public static String host(NeonCompute compute) {
    var metadata = compute.getMetadata();
    return metadata.getName() + "." + metadata.getNamespace() + ".svc";
  }

  /** How to connect, with a password or without. */
  public static String connectionString(
      NeonCompute compute, PodSettings settings, Optional<String> password) {
    var login = compute.getSpec().login();
    return "postgresql://%s%s@%s:%d/%s?sslmode=%s"
        .formatted(
            encoded(login.role()),
            password.map(text -> ":" + encoded(text)).orElse(""),
            host(compute),
            SpecDocument.POSTGRES_PORT,
            encoded(login.database()),
            settings.tlsSecret().isPresent() ? "require" : "prefer");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** By which name Postgres is found, wherever its pod runs. */
  public static Service service(NeonCompute compute, PodSettings settings) {
    var ports = new ArrayList<ServicePort>();
    ports.add(port("postgres", SpecDocument.POSTGRES_PORT));
    settings.pooler().ifPresent(image -> ports.add(port("pooler", Sidecars.POOLER_PORT)));
    return new ServiceBuilder()
        .withMetadata(metadata(compute, compute.getMetadata().getName()))
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(
            Map.of(
                Labels.MANAGED_BY,
                Labels.OPERATOR,
                Labels.COMPUTE,
                compute.getMetadata().getName()))
        .withPorts(ports)
        .endSpec()
        .build();
  }

  private static ServicePort port(String name, int port) {
    return new ServicePortBuilder()
        .withName(name)
        .withProtocol("TCP")
        .withPort(port)
        .withTargetPort(new IntOrString(port))
        .build();
  }

  /**
   * The login. A password that is there stays, whoever wrote it.
   *
   * @param before the Secret as it is
   * @param drawn a password for one that has none
   */
  public static Secret login(
      NeonCompute compute, PodSettings settings, Optional<Secret> before, String drawn) {
    var login = compute.getSpec().login();
    var password = before.flatMap(secret -> value(secret, PASSWORD)).orElse(drawn);
    var verifier =
        before
            .flatMap(secret -> value(secret, VERIFIER))
            .filter(text -> ScramVerifier.matches(password, text))
            .orElseGet(() -> ScramVerifier.of(password));
    var data = new TreeMap<String, String>();
    data.put("username", login.role());
    data.put(PASSWORD, password);
    data.put(VERIFIER, verifier);
    data.put("dbname", login.database());
    data.put("host", host(compute));
    data.put("port", Integer.toString(SpecDocument.POSTGRES_PORT));
    data.put("uri", connectionString(compute, settings, Optional.of(password)));
    return secret(compute, compute.getMetadata().getName(), data);
  }

  /**
   * What compute_ctl is let in with.
   *
   * @param token of this start
   * @param poolerPassword with which compute_ctl changes the pooler's settings
   */
  public static Secret startSecret(NeonCompute compute, String token, String poolerPassword) {
    return secret(
        compute,
        ComputePod.tokenSecret(compute),
        Map.of(ComputePod.TOKEN, token, Sidecars.POOLER_PASSWORD, poolerPassword));
  }

  private static Secret secret(NeonCompute compute, String name, Map<String, String> texts) {
    var data = new TreeMap<String, String>();
    texts.forEach(
        (key, text) ->
            data.put(
                key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    return new SecretBuilder()
        .withMetadata(metadata(compute, name))
        .withType("Opaque")
        .withData(data)
        .build();
  }

  /** What a Secret holds under a key. */
  public static Optional<String> value(Secret secret, String key) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(key))
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
        .filter(text -> !text.isEmpty());
  }

  static ObjectMeta metadata(NeonCompute compute, String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(compute.getMetadata().getNamespace())
        .withLabels(Labels.of(compute))
        .withOwnerReferences(List.of(Labels.owner(compute)))
        .build();
  }
}
