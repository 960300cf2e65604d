package dev.neonstack.components.aws.services;

import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.rbac.v1.ClusterRole;
import com.pulumi.kubernetes.rbac.v1.ClusterRoleArgs;
import com.pulumi.kubernetes.rbac.v1.ClusterRoleBinding;
import com.pulumi.kubernetes.rbac.v1.ClusterRoleBindingArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.PolicyRuleArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.RoleRefArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.SubjectArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.neon.kube.ImageRef;
import dev.neonstack.components.neon.kube.Probes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The provisioner's node cleanup controller, which its chart does not have: claims and volumes on
 * disks of nodes that are gone are removed, so that the pods get new ones elsewhere. It looks at
 * one storage class only.
 */
final class NodeCleanup extends ComponentResource {
  private static final String NAME = "local-volume-node-cleanup";
  private static final int METRICS = 8080;

  /** The user that images without a distribution have beside root. */
  private static final int NOBODY = 65532;

  /** After the node is gone, since a node object may come back with its disks as they were. */
  private static final String PATIENCE = "60s";

  private final Map<String, String> labels = new TreeMap<>(Account.LABELS);

  NodeCleanup(String name, ImageRef image, String storageClass, ComponentResourceOptions options) {
    super("neonstack:aws:NodeCleanup", name, options);
    labels.put("app.kubernetes.io/name", NAME);
    var child = CustomResourceOptions.builder().parent(this).build();
    var account =
        new ServiceAccount(
            name, ServiceAccountArgs.builder().metadata(metadata(true)).build(), child);
    var role =
        new ClusterRole(
            name,
            ClusterRoleArgs.builder().metadata(metadata(false)).rules(rules()).build(),
            child);
    var binding = new ClusterRoleBinding(name, binding(), child);
    var unused =
        new Deployment(
            name,
            DeploymentArgs.builder()
                .metadata(metadata(true))
                .spec(deployment(image, storageClass))
                .build(),
            CustomResourceOptions.builder().parent(this).dependsOn(account, role, binding).build());
    registerOutputs(Map.of());
  }

  private ClusterRoleBindingArgs binding() {
    return ClusterRoleBindingArgs.builder()
        .metadata(metadata(false))
        .roleRef(
            RoleRefArgs.builder()
                .apiGroup("rbac.authorization.k8s.io")
                .kind("ClusterRole")
                .name(NAME)
                .build())
        .subjects(
            SubjectArgs.builder()
                .kind("ServiceAccount")
                .name(NAME)
                .namespace(Namespaces.SYSTEM.namespace())
                .build())
        .build();
  }

  private DeploymentSpecArgs deployment(ImageRef image, String storageClass) {
    return DeploymentSpecArgs.builder()
        .replicas(1)
        .selector(LabelSelectorArgs.builder().matchLabels(selector()).build())
        .template(
            PodTemplateSpecArgs.builder()
                .metadata(ObjectMetaArgs.builder().labels(labels).build())
                .spec(pod(image, storageClass))
                .build())
        .build();
  }

  private static List<PolicyRuleArgs> rules() {
    return List.of(
        rule(
            List.of("persistentvolumes", "persistentvolumeclaims"),
            "get",
            "list",
            "watch",
            "delete"),
        rule(List.of("nodes"), "get", "list", "watch"),
        rule(List.of("events"), "create"));
  }

  private static PolicyRuleArgs rule(List<String> resources, String... verbs) {
    return PolicyRuleArgs.builder().apiGroups("").resources(resources).verbs(verbs).build();
  }

  private static PodSpecArgs pod(ImageRef image, String storageClass) {
    return PodSpecArgs.builder()
        .serviceAccountName(NAME)
        .enableServiceLinks(false)
        .priorityClassName(Namespaces.CRITICAL)
        .securityContext(
            PodSecurityContextArgs.builder()
                .runAsNonRoot(true)
                .runAsUser(NOBODY)
                .runAsGroup(NOBODY)
                .seccompProfile(SeccompProfileArgs.builder().type("RuntimeDefault").build())
                .build())
        .containers(container(image, storageClass))
        .build();
  }

  private static ContainerArgs container(ImageRef image, String storageClass) {
    return ContainerArgs.builder()
        .name(NAME)
        .image(image.text())
        .imagePullPolicy("IfNotPresent")
        .terminationMessagePolicy("FallbackToLogsOnError")
        .args("--storageclass-names=" + storageClass, "--pvc-deletion-delay=" + PATIENCE)
        .ports(ContainerPortArgs.builder().name("metrics").containerPort(METRICS).build())
        .livenessProbe(Probes.liveness("/metrics", METRICS))
        .readinessProbe(Probes.readiness("/metrics", METRICS))
        .resources(
            ResourceRequirementsArgs.builder()
                .requests(Map.of("cpu", "10m", "memory", "128Mi"))
                .limits(Map.of("memory", "128Mi"))
                .build())
        .securityContext(
            SecurityContextArgs.builder()
                .allowPrivilegeEscalation(false)
                .readOnlyRootFilesystem(true)
                .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                .build())
        .build();
  }

  private ObjectMetaArgs metadata(boolean namespaced) {
    var metadata = ObjectMetaArgs.builder().name(NAME).labels(labels);
    if (namespaced) {
      metadata.namespace(Namespaces.SYSTEM.namespace());
    }
    return metadata.build();
  }

  private static Map<String, String> selector() {
    return Map.of("app.kubernetes.io/name", NAME);
  }
}
