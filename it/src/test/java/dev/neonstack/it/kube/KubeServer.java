package dev.neonstack.it.kube;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.it.harness.Folders;
import dev.neonstack.it.harness.Ports;
import dev.neonstack.it.harness.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A Kubernetes cluster without machines: the real etcd, API server, controllers and scheduler on
 * free loopback ports, and kwok, which plays nodes whose pods are ready at once, provisioners of
 * volumes and load balancers. Images are never pulled, probes never run, network policies never
 * enforced; ports of pods are forwarded to servers of this process. Operators have left their kinds
 * here, and nobody acts on them.
 */
public final class KubeServer implements AutoCloseable {
  private static final String FIELD_MANAGER = "test-cluster";

  private final Path folder;
  private final int etcdPort;
  private final int apiPort;
  private final int kwokPort;
  private final String token = UUID.randomUUID().toString();
  private final List<Child> children = new ArrayList<>();
  private final PodServers pods;
  private final List<KubeNode> nodes;
  private KubeApi api;

  private KubeServer(Path folder, List<KubeNode> nodes) throws IOException {
    this.folder = folder;
    this.nodes = nodes;
    this.pods = new PodServers();
    var ports = Ports.free(3);
    etcdPort = ports.get(0);
    apiPort = ports.get(1);
    kwokPort = ports.get(2);
  }

  /** Starts a cluster of these nodes; when that fails, what had started is ended. */
  public static KubeServer start(List<KubeNode> nodes) {
    try {
      var server = new KubeServer(Files.createTempDirectory("neonstack-kube-"), nodes);
      try {
        server.run();
        return server;
      } catch (IOException | RuntimeException | Error e) {
        var said = server.children.stream().map(Child::lastWords).collect(Collectors.joining("\n"));
        server.close();
        throw new IllegalStateException("Kubernetes did not start; it printed:\n" + said, e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run() throws IOException {
    Certificates.writeKeyPair(file("accounts.key"), file("accounts.pub"));
    Files.writeString(file("tokens.csv"), token + ",admin,admin,\"system:masters\"\n");
    startStorage();
    startApi();
    Files.writeString(file("kubeconfig"), kubeconfig());
    startControllers();
    startNodes();
    Definitions.read().forEach(one -> api.apply(FIELD_MANAGER, one));
    apply(Ref.ofCluster("storage.k8s.io/v1", "StorageClass", "standard"), "storage-class.yaml");
    Wait.until("the nodes are ready", this::isInhabitable);
  }

  private void startStorage() {
    var url = "http://127.0.0.1:" + etcdPort;
    start(
        "etcd",
        "--name=lab",
        "--data-dir=" + file("etcd"),
        "--unsafe-no-fsync",
        "--log-level=warn",
        "--listen-client-urls=" + url,
        "--advertise-client-urls=" + url,
        "--listen-peer-urls=http://127.0.0.1:0",
        "--initial-cluster-state=new");
  }

  private void startApi() {
    var issuer = "https://kubernetes.default.svc.cluster.local";
    start(
        "kube-apiserver",
        "--etcd-servers=http://127.0.0.1:" + etcdPort,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--secure-port=" + apiPort,
        // It makes a certificate of its own there.
        "--cert-dir=" + file("certificates"),
        "--token-auth-file=" + file("tokens.csv"),
        "--authorization-mode=Node,RBAC",
        "--service-account-issuer=" + issuer,
        "--api-audiences=" + issuer,
        "--service-account-signing-key-file=" + file("accounts.key"),
        "--service-account-key-file=" + file("accounts.pub"),
        "--kubelet-preferred-address-types=InternalIP",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--profiling=false");
    Wait.until("the API server has a certificate", () -> living() && Files.exists(certificate()));
    var url = URI.create("https://127.0.0.1:" + apiPort);
    Wait.until("the API server has written its certificate", () -> isWritten(certificate()));
    api = new KubeApi(url, Certificates.of(certificate()), token);
    Wait.until("the API server is ready", () -> living() && api.isReady());
  }

  private void startControllers() {
    start(
        "kube-controller-manager",
        "--kubeconfig=" + file("kubeconfig"),
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=300",
        "--kube-api-burst=600",
        "--service-account-private-key-file=" + file("accounts.key"),
        "--root-ca-file=" + certificate(),
        "--profiling=false");
    start(
        "kube-scheduler",
        "--kubeconfig=" + file("kubeconfig"),
        "--leader-elect=false",
        "--secure-port=0",
        "--profiling=false");
  }

  private void startNodes() throws IOException {
    var stages = Kubelab.stages() + resource("stages.yaml") + pods.manifest();
    Files.writeString(file("stages.yaml"), stages);
    start(
        "kwok",
        "--kubeconfig=" + file("kubeconfig"),
        "--config=" + file("stages.yaml"),
        "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
        "--cidr=10.244.0.0/22",
        "--node-ip=127.0.0.1",
        "--node-port=" + kwokPort,
        "--server-address=127.0.0.1:" + kwokPort,
        "--tls-cert-file=" + certificate(),
        "--tls-private-key-file=" + file("certificates").resolve("apiserver.key"),
        "--node-lease-duration-seconds=40");
    nodes.forEach(node -> api.apply(FIELD_MANAGER, node.manifest()));
  }

  private void start(String role, String... arguments) {
    children.add(Child.start(folder, role, Kubelab.command(role, arguments)));
  }

  /** Waiting for a process that has ended is of no use. */
  private boolean living() {
    if (children.stream().allMatch(Child::isAlive)) {
      return true;
    }
    throw new IllegalStateException("a process has ended");
  }

  private static boolean isWritten(Path file) {
    try {
      return Files.readString(file).endsWith("-----END CERTIFICATE-----\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pods need a node without the taint it is born with, and an account to run as. */
  private boolean isInhabitable() {
    living();
    var ready = api.list("v1", "Node", Optional.empty());
    return ready.size() == nodes.size()
        && ready.stream().noneMatch(node -> node.toString().contains("not-ready"))
        && api.get(Ref.of("v1", "ServiceAccount", "default", "default")).isPresent();
  }

  private void apply(Ref ref, String file) {
    api.apply(ref, FIELD_MANAGER, resource(file));
  }

  private static String resource(String name) {
    try (var in = KubeServer.class.getResourceAsStream("/kube/" + name)) {
      return new String(
          Objects.requireNonNull(in, name).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Path certificate() {
    return file("certificates").resolve("apiserver.crt");
  }

  /** The cluster, as somebody who may do everything. */
  public KubeApi api() {
    return api;
  }

  /** What listens in its pods. */
  PodServers pods() {
    return pods;
  }

  /** A kubeconfig, in JSON, which is YAML too. Its context is called {@code lab}. */
  public String kubeconfig() {
    var json = new ObjectMapper();
    var config = json.createObjectNode().put("apiVersion", "v1").put("kind", "Config");
    config
        .putArray("clusters")
        .addObject()
        .put("name", "lab")
        .putObject("cluster")
        .put("server", "https://127.0.0.1:" + apiPort)
        .put("certificate-authority-data", Certificates.of(certificate()).base64());
    config.putArray("users").addObject().put("name", "admin").putObject("user").put("token", token);
    config
        .putArray("contexts")
        .addObject()
        .put("name", "lab")
        .putObject("context")
        .put("cluster", "lab")
        .put("user", "admin");
    return config.put("current-context", "lab").toString();
  }

  /** Ends everything, etcd last, for the API server does not end without it. */
  @Override
  public void close() {
    var users = children.stream().skip(1).toList();
    users.forEach(Child::ask);
    users.forEach(Child::await);
    children.stream().limit(1).forEach(Child::ask);
    children.stream().limit(1).forEach(Child::await);
    children.clear();
    pods.close();
    Folders.delete(folder);
  }
}
