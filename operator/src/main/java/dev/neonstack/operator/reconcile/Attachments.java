package dev.neonstack.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.controlplane.account.Passwords;
import dev.neonstack.operator.api.NeonCompute;
import dev.neonstack.operator.model.Attached;
import dev.neonstack.operator.model.Labels;
import dev.neonstack.operator.model.PodSettings;
import dev.neonstack.operator.model.Policy;
import dev.neonstack.operator.storage.Obstacle;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/** Sees that what a compute has besides its pod is there, and as it shall be. */
final class Attachments {
  private final KubernetesClient client;
  private final PodSettings settings;

  Attachments(KubernetesClient client, PodSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** Makes what is missing and sets right what somebody has changed. */
  Optional<Obstacle> ensure(NeonCompute compute, Context<NeonCompute> context) {
    var name = compute.getMetadata().getName();
    var secret = find(context, Secret.class, name);
    if (secret.isEmpty()) {
      // What the cache does not know yet may hold a password that somebody has been told.
      secret =
          Optional.ofNullable(
              client.secrets().inNamespace(namespace(compute)).withName(name).get());
    }
    return ensure(
            compute,
            secret,
            Attached.login(compute, settings, ours(compute, secret), Passwords.draw()))
        .or(
            () ->
                ensure(
                    compute,
                    find(context, Service.class, name),
                    Attached.service(compute, settings)))
        .or(
            () ->
                ensure(
                    compute,
                    find(context, NetworkPolicy.class, name),
                    Policy.of(compute, settings)));
  }

  /** What compute_ctl is let in with, in this start and in no other. */
  void startSecret(NeonCompute compute, String token) {
    apply(Attached.startSecret(compute, token, Passwords.draw()));
  }

  private static String namespace(NeonCompute compute) {
    return compute.getMetadata().getNamespace();
  }

  private static <T extends HasMetadata> Optional<T> find(
      Context<NeonCompute> context, Class<T> type, String name) {
    return context
        .getSecondaryResourcesAsStream(type)
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst();
  }

  private static Optional<Secret> ours(NeonCompute compute, Optional<Secret> secret) {
    return secret.filter(one -> Labels.isOf(compute, one));
  }

  private <T extends HasMetadata> Optional<Obstacle> ensure(
      NeonCompute compute, Optional<T> known, T wanted) {
    if (known.filter(actual -> holds(actual, wanted)).isPresent()) {
      return Optional.empty();
    }
    var actual = known.isPresent() ? known : Optional.ofNullable(client.resource(wanted).get());
    if (actual.filter(object -> !Labels.isOf(compute, object)).isPresent()) {
      return Optional.of(taken(wanted));
    }
    apply(wanted);
    return Optional.empty();
  }

  static Obstacle taken(HasMetadata object) {
    return Obstacle.lasting(
        "NameTaken",
        "%s %s/%s is there, and is not this compute's; delete it, or give the compute another name"
            .formatted(
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName()));
  }

  private void apply(HasMetadata wanted) {
    client
        .resource(wanted)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(Labels.OPERATOR)
                .withForce(true)
                .build());
  }

  /** Whether everything that is wanted is so; what others have added stays. */
  static boolean holds(HasMetadata actual, HasMetadata wanted) {
    return holds(tree(actual), tree(wanted));
  }

  private static JsonNode tree(HasMetadata object) {
    return Serialization.unmarshal(Serialization.asJson(object), JsonNode.class);
  }

  private static boolean holds(JsonNode actual, JsonNode wanted) {
    if (wanted.isObject()) {
      return wanted.properties().stream()
          .allMatch(field -> holds(actual.path(field.getKey()), field.getValue()));
    }
    if (wanted.isArray()) {
      var same = actual.size() == wanted.size() || wanted.isEmpty();
      for (var i = 0; same && i < wanted.size(); i++) {
        same = holds(actual.path(i), wanted.get(i));
      }
      return same;
    }
    return actual.equals(wanted);
  }
}
