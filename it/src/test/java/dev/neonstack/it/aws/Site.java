package dev.neonstack.it.aws;

import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Repository;
import dev.neonstack.it.harness.ShippedConfig;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.it.kube.KubeServer;
import dev.neonstack.it.kube.StorageFront;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where a stack on AWS is made in a test: an empty account, a cluster, and storage in its pods. */
final class Site implements AutoCloseable {
  private final Platform platform;
  private final Path folder;
  private final Cloud cloud;
  private final KubernetesFront kubernetes;
  private final StorageFront storage;

  /**
   * Opens everything.
   *
   * @param folder of the program, which gets what images are made of
   */
  Site(Platform platform, KubeServer kube, Path folder) throws IOException {
    this.platform = platform;
    this.folder = folder;
    Repository.copy("images", folder);
    Repository.copy("control-plane/target/image", folder);
    kubernetes = new KubernetesFront(kube.api(), folder.resolve("kubernetes.log"));
    cloud = new Cloud(kube.kubeconfig(), folder);
    storage = StorageFront.of(kube, platform.storageOptions());
  }

  /** A stack of the program as users run it. */
  Stack stack(ShippedConfig config) {
    var providers = cloud.attachments(kubernetes.attachment());
    return Stack.onCluster(platform, folder).withProviders(providers).config(config.values());
  }

  /** All that is in the account. */
  List<String> inventory() {
    return cloud.inventory();
  }

  /** The charts that are released in the cluster. */
  List<String> releases() {
    return kubernetes.releases();
  }

  @Override
  public void close() {
    storage.close();
    cloud.close();
    kubernetes.close();
  }
}
