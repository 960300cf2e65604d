package dev.neonstack.components.neon.kube;

import com.pulumi.kubernetes.core.v1.inputs.AffinityArgs;
import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.LocalObjectReferenceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodAffinityTermArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodAntiAffinityArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;

/** What every pod of this stack has, as Pod Security {@code restricted} asks for and more. */
public final class PodPieces {
  /** The user {@code neon} of the Neon image. A number, since the kubelet cannot check a name. */
  public static final int NEON_USER = 1000;

  private PodPieces() {}

  /** A pod of this user that has no token for the API server and no root. */
  public static PodSpecArgs.Builder pod(PodSettings settings, Role role, int user) {
    var pod =
        PodSpecArgs.builder()
            .serviceAccountName(role.account())
            .automountServiceAccountToken(false)
            .enableServiceLinks(false)
            .securityContext(securityContext(settings, user))
            .nodeSelector(settings.placement().selector())
            .tolerations(settings.placement().tolerationArgs())
            .imagePullSecrets(
                settings.pullSecrets().stream()
                    .map(secret -> LocalObjectReferenceArgs.builder().name(secret).build())
                    .toList());
    settings.priorityClass().ifPresent(pod::priorityClassName);
    return pod;
  }

  /** The security context of a pod that runs as this user and owns its volumes. */
  private static PodSecurityContextArgs securityContext(PodSettings settings, int user) {
    var context =
        PodSecurityContextArgs.builder()
            .runAsNonRoot(true)
            .runAsUser(user)
            .runAsGroup(user)
            .fsGroup(user)
            .fsGroupChangePolicy("OnRootMismatch")
            .seccompProfile(SeccompProfileArgs.builder().type("RuntimeDefault").build());
    var sysctls = settings.placement().sysctlArgs();
    if (!sysctls.isEmpty()) {
      context.sysctls(sysctls);
    }
    return context.build();
  }

  /** A container that cannot gain privileges and cannot write into its image. */
  public static ContainerArgs.Builder container(String name, PodSettings settings) {
    return ContainerArgs.builder()
        .name(name)
        .image(settings.image())
        .imagePullPolicy("IfNotPresent")
        .terminationMessagePolicy("FallbackToLogsOnError")
        .resources(settings.needs().args())
        .securityContext(
            SecurityContextArgs.builder()
                .allowPrivilegeEscalation(false)
                .readOnlyRootFilesystem(true)
                .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                .build());
  }

  public static ContainerPortArgs port(String name, int port) {
    return ContainerPortArgs.builder().name(name).containerPort(port).build();
  }

  /** At most one pod of the role in each domain; a pod that finds no free domain waits. */
  public static AffinityArgs onePerDomain(Role role, String domainLabel) {
    return AffinityArgs.builder()
        .podAntiAffinity(
            PodAntiAffinityArgs.builder()
                .requiredDuringSchedulingIgnoredDuringExecution(
                    PodAffinityTermArgs.builder()
                        .topologyKey(domainLabel)
                        .labelSelector(
                            LabelSelectorArgs.builder().matchLabels(role.selector()).build())
                        .build())
                .build())
        .build();
  }
}
