package dev.neonstack.stacks;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.components.neon.ProjectTree;
import dev.neonstack.components.neon.controlplane.ControlPlane;
import dev.neonstack.components.neon.keys.ControlPlaneKeys;
import dev.neonstack.components.neon.keys.ProxyKeys;
import dev.neonstack.components.neon.keys.StorageKeys;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.KubernetesProvider;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.monitoring.Monitoring;
import dev.neonstack.components.neon.namespace.NeonNamespace;
import dev.neonstack.components.neon.proxy.NeonProxy;
import dev.neonstack.components.neon.storage.Addresses;
import dev.neonstack.components.neon.storage.ObjectStore;
import dev.neonstack.components.neon.storage.StoragePlane;
import dev.neonstack.stacks.config.neon.NeonConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Neon's storage, proxy and projects on a Kubernetes cluster, whoever runs it. */
final class DataPlane {
  private static final String NAME = "neon";

  private final NeonConfig config;
  private final Access access;
  private final Home home;
  private final ComponentResourceOptions under;
  private StorageKeys keys;
  private StoragePlane storage;
  private Optional<OwnControlPlane> controlPlane = Optional.empty();
  private Optional<NeonProxy> proxy = Optional.empty();

  /**
   * How the cluster is reached.
   *
   * @param kubeconfig a path, or the content of such a file
   * @param context absent: the current one of the kubeconfig
   */
  record Access(Output<String> kubeconfig, Optional<String> context) {
    ProviderResource provider() {
      return new KubernetesProvider("kubernetes", kubeconfig, context);
    }
  }

  /**
   * Declares the namespace.
   *
   * @param kubernetes the cluster as Pulumi reaches it
   * @param signer draws keys and signs tokens
   */
  DataPlane(
      NeonConfig config, Access access, ProviderResource kubernetes, ProviderResource signer) {
    this.config = config;
    this.access = access;
    this.under = options(kubernetes, signer);
    this.home = new NeonNamespace(NAME, config.namespace(), under).home();
  }

  Home home() {
    return home;
  }

  /** The providers everything in the cluster is declared with. */
  ComponentResourceOptions under() {
    return under;
  }

  /**
   * Declares storage, proxy and monitoring.
   *
   * @param after what has to be there before pods start
   */
  void declare(ObjectStore store, List<Resource> after) {
    keys = new StorageKeys(NAME + "-keys", config.keys(), home, under);
    // New pods have to find new tokens, so that the whole of the keys comes before the storage.
    var before = new ArrayList<>(after);
    before.add(keys);
    storage = new StoragePlane(NAME + "-storage", storage(store), before, under);
    var proxyKeys =
        config.proxy().map(declared -> new ProxyKeys(NAME + "-proxy-keys", home, under));
    controlPlane = config.controlPlane().map(declared -> controlPlane(declared, proxyKeys));
    proxy = config.proxy().map(declared -> proxy(declared, proxyKeys.orElseThrow()));
    new Monitoring(NAME + "-monitoring", home, config.monitoring(), under);
  }

  /**
   * Draws keys and signs tokens, for which it needs no server. Where it is declared first, its
   * process starts while the program declares the rest.
   */
  static ProviderResource signer() {
    return new dev.neonstack.sdk.Provider(
        "keys", dev.neonstack.sdk.ProviderArgs.builder().build(), CustomResourceOptions.Empty);
  }

  private StoragePlane.Spec storage(ObjectStore store) {
    var declared = config.storage();
    return new StoragePlane.Spec(
        home,
        keys.secrets(),
        store,
        declared.region(),
        config.domainLabel(),
        declared.broker(),
        declared.controller(),
        declared.pageservers(),
        declared.safekeepers());
  }

  /** A control plane of this stack, with the key of its API. */
  private record OwnControlPlane(ControlPlane server, Output<String> apiKey) {}

  private OwnControlPlane controlPlane(
      NeonConfig.ControlPlane declared, Optional<ProxyKeys> proxyKeys) {
    var own = new ControlPlaneKeys(NAME + "-control-plane-keys", home, keys, proxyKeys, under);
    var server =
        new ControlPlane(
            NAME + "-control-plane",
            new ControlPlane.Spec(
                home,
                declared.pods(),
                own.files(),
                declared.volume(),
                config.storage().safekeepers().replicas()),
            List.of(own, storage.ready()),
            under);
    return new OwnControlPlane(server, own.apiKey());
  }

  private NeonProxy proxy(NeonConfig.Proxy declared, ProxyKeys proxyKeys) {
    return new NeonProxy(
        NAME + "-proxy",
        new NeonProxy.Spec(
            home,
            declared.pods(),
            declared.valkeyPods(),
            declared.replicas(),
            declared.exposure(),
            declared.tlsSecret(),
            config.storage().controller().controlPlane(home),
            proxyKeys.controlPlane(),
            proxyKeys.valkey(),
            config.domainLabel()),
        List.of(proxyKeys, storage.ready()),
        under);
  }

  /**
   * Declares the projects; the provider reaches storage controller and control plane by its own
   * port-forwards.
   */
  List<ProjectTree> projects(List<ProjectSpec> declared) {
    if (declared.isEmpty()) {
      return List.of();
    }
    var args =
        dev.neonstack.sdk.ProviderArgs.builder()
            .kubeconfig(access.kubeconfig())
            .namespace(home.name())
            .storageDialect("controller")
            .storageToken(keys.providerToken());
    access.context().ifPresent(args::context);
    var before = new ArrayList<Resource>(List.of(storage.ready()));
    controlPlane.ifPresent(
        own -> {
          args.controlPlaneToken(own.apiKey());
          before.add(own.server().workload());
        });
    var provider =
        new dev.neonstack.sdk.Provider(
            "storage", args.build(), CustomResourceOptions.builder().dependsOn(before).build());
    return declared.stream()
        .map(project -> new ProjectTree(project.name(), project, options(provider)))
        .toList();
  }

  /** Where things are inside the cluster. */
  Map<String, String> services() {
    var services = new LinkedHashMap<String, String>();
    services.put("storageController", Addresses.storageController(home));
    services.put("storageBroker", Addresses.storageBroker(home));
    config
        .controlPlane()
        .ifPresent(own -> services.put("controlPlane", Addresses.controlPlaneApi(home)));
    config.proxy().ifPresent(proxy -> services.put("proxy", home.host(Role.PROXY.word())));
    return services;
  }

  /** Where clients connect to, once there is a proxy. */
  Optional<Output<String>> proxyHost() {
    return proxy.map(NeonProxy::host);
  }

  private static ComponentResourceOptions options(ProviderResource... providers) {
    return ComponentResourceOptions.builder().providers(providers).build();
  }
}
