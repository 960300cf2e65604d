package dev.neonstack.components.neon.kube;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;

/**
 * The cluster that objects go to. A changed ConfigMap or Secret is changed, where Pulumi's plugin
 * would by default delete it before it makes it anew, and a pod that starts meanwhile would find
 * none; the class of the SDK cannot say so for Secrets.
 */
public final class KubernetesProvider extends ProviderResource {
  /**
   * The plugin of Kubernetes; the classes of objects were generated with an older one, and it takes
   * the same inputs. Plugins before 4.26.0 do not wait for the update of a StatefulSet, on which
   * the order of the storage's updates rests. Those from 4.29.0 on refuse to take over what is
   * there already, such as the namespace that was made for its Secrets.
   */
  public static final String PLUGIN = "4.28.0";

  /**
   * Declares the cluster.
   *
   * @param kubeconfig a path, or the content of such a file
   * @param context one of its contexts; absent: its current one
   */
  public KubernetesProvider(String name, Output<String> kubeconfig, Optional<String> context) {
    super(
        "kubernetes",
        name,
        new Args(kubeconfig, context),
        CustomResourceOptions.builder().version(PLUGIN).build());
  }

  /** The SDK reads the fields by reflection; a provider takes flags as text. */
  @SuppressWarnings("UnusedVariable")
  private static final class Args extends ResourceArgs {
    @Import(name = "kubeconfig", required = true)
    private final Output<String> kubeconfig;

    @Import(name = "context")
    private final Output<String> context;

    @Import(name = "enableServerSideApply", json = true)
    private final Output<Boolean> serverSideApply = Output.of(true);

    @Import(name = "enableConfigMapMutable", json = true)
    private final Output<Boolean> configMapMutable = Output.of(true);

    @Import(name = "enableSecretMutable", json = true)
    private final Output<Boolean> secretMutable = Output.of(true);

    Args(Output<String> kubeconfig, Optional<String> context) {
      this.kubeconfig = kubeconfig;
      this.context = Output.ofNullable(context.orElse(null));
    }
  }
}
