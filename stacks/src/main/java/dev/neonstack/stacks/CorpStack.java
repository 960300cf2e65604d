package dev.neonstack.stacks;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.Resource;
import dev.neonstack.components.ceph.CephObjectStore;
import dev.neonstack.components.ceph.CephStorageClasses;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.components.neon.ProjectTree;
import dev.neonstack.components.neon.keys.ProxyKeys;
import dev.neonstack.components.neon.keys.StorageKeys;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.KubernetesProvider;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.monitoring.Monitoring;
import dev.neonstack.components.neon.namespace.NamespaceSpec;
import dev.neonstack.components.neon.namespace.NeonNamespace;
import dev.neonstack.components.neon.proxy.NeonProxy;
import dev.neonstack.components.neon.storage.Addresses;
import dev.neonstack.components.neon.storage.StoragePlane;
import dev.neonstack.stacks.config.CorpConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Neon on a Kubernetes cluster that somebody else runs, with Ceph for buckets and volumes. */
public final class CorpStack {
  private static final String NAME = "neon";

  private final CorpConfig config;
  private final Home home;
  private final CephObjectStore bucket;
  private final List<ProjectTree> projects;

  /** Declares the data plane, then the projects. */
  public CorpStack(CorpConfig config, List<ProjectSpec> projects) {
    this.config = config;
    var under = options(kubernetes(), neonstack());
    var namespace =
        new NeonNamespace(
            NAME,
            new NamespaceSpec(config.cluster().namespace(), config.network(), config.production()),
            under);
    this.home = namespace.home();
    this.bucket = new CephObjectStore(NAME + "-bucket", config.bucket().in(home), under);
    var keys = new StorageKeys(NAME + "-keys", config.keys(), home, under);
    // New pods have to find new tokens, so that the whole of the keys comes before the storage.
    var before = new ArrayList<>(classes(under));
    before.add(keys);
    var storage = new StoragePlane(NAME + "-storage", storage(keys), before, under);
    proxy(storage, under);
    new Monitoring(NAME + "-monitoring", home, config.monitoring(), under);
    this.projects = projects(projects, keys, storage);
  }

  /** Exports where things are, and which branches there are. */
  public void export(Context context) {
    context.export("namespace", home.namespace());
    context.export("services", Output.of(services()));
    context.export("bucket", bucket.store().bucket());
    context.export("branches", Output.of(Exports.branches(projects)));
  }

  private ProviderResource kubernetes() {
    var cluster = config.cluster();
    return new KubernetesProvider(
        "kubernetes", Output.of(cluster.kubeconfig()), Optional.of(cluster.context()));
  }

  /** Draws keys and signs tokens, for which it needs no server. */
  private static ProviderResource neonstack() {
    return new dev.neonstack.sdk.Provider(
        "keys", dev.neonstack.sdk.ProviderArgs.builder().build(), CustomResourceOptions.Empty);
  }

  private StoragePlane.Spec storage(StorageKeys keys) {
    var declared = config.storage();
    return new StoragePlane.Spec(
        home,
        keys.secrets(),
        bucket.store(),
        declared.region(),
        config.cluster().domainLabel(),
        declared.broker(),
        declared.controller(),
        declared.pageservers(),
        declared.safekeepers());
  }

  private List<Resource> classes(ComponentResourceOptions under) {
    return new CephStorageClasses(
            NAME + "-classes", config.rbdClasses(), config.localClasses(), under)
        .classes();
  }

  private void proxy(StoragePlane storage, ComponentResourceOptions under) {
    config
        .proxy()
        .ifPresent(
            declared -> {
              var keys = new ProxyKeys(NAME + "-proxy-keys", home, under);
              new NeonProxy(
                  NAME + "-proxy",
                  new NeonProxy.Spec(
                      home,
                      declared.pods(),
                      declared.valkeyPods(),
                      declared.replicas(),
                      declared.exposure(),
                      declared.tlsSecret(),
                      config.storage().controller().controlPlaneUrl(),
                      keys.controlPlane(),
                      keys.valkey(),
                      config.cluster().domainLabel()),
                  List.of(keys, storage.ready()),
                  under);
            });
  }

  /** The provider reaches the storage controller by a port-forward of its own. */
  private List<ProjectTree> projects(
      List<ProjectSpec> declared, StorageKeys keys, StoragePlane storage) {
    if (declared.isEmpty()) {
      return List.of();
    }
    var provider =
        new dev.neonstack.sdk.Provider(
            "storage",
            dev.neonstack.sdk.ProviderArgs.builder()
                .kubeconfig(config.cluster().kubeconfig())
                .context(config.cluster().context())
                .namespace(config.cluster().namespace())
                .storageDialect("controller")
                .storageToken(keys.providerToken())
                .build(),
            CustomResourceOptions.builder().dependsOn(storage.ready()).build());
    return declared.stream()
        .map(project -> new ProjectTree(project.name(), project, options(provider)))
        .toList();
  }

  private Map<String, String> services() {
    var services = new LinkedHashMap<String, String>();
    services.put("storageController", Addresses.storageController(home));
    services.put("storageBroker", Addresses.storageBroker(home));
    config.proxy().ifPresent(proxy -> services.put("proxy", home.host(Role.PROXY.word())));
    return services;
  }

  private static ComponentResourceOptions options(ProviderResource... providers) {
    return ComponentResourceOptions.builder().providers(providers).build();
  }
}
