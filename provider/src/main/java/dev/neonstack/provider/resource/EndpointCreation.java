package dev.neonstack.provider.resource;

import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneException;
import dev.neonstack.neon.controlplane.ControlPlaneException.Kind;
import dev.neonstack.neon.controlplane.Endpoint;
import dev.neonstack.neon.controlplane.EndpointType;
import java.util.List;
import java.util.Optional;

/**
 * Makes an endpoint exactly once: what an earlier call or run left behind is found by its branch,
 * type and name, and taken over.
 */
final class EndpointCreation {
  private final Call call;
  private final ControlPlaneClient controlPlane;
  private final EndpointInputs wanted;

  EndpointCreation(Call call, ControlPlaneClient controlPlane, EndpointInputs wanted) {
    this.call = call;
    this.controlPlane = controlPlane;
    this.wanted = wanted;
  }

  EndpointState run() {
    new Branches(call, controlPlane).register(wanted.project(), wanted.branch());
    try {
      return EndpointState.of(
          wanted,
          call.patience().settle("starting endpoint '" + wanted.name() + "'", this::attempt));
    } catch (ControlPlaneException e) {
      throw failure(e);
    }
  }

  private Endpoint attempt() {
    var left = leftover();
    if (left.isPresent()) {
      return takeOver(left.get());
    }
    return controlPlane.createEndpoint(wanted.project(), wanted.creation());
  }

  private Endpoint takeOver(Endpoint left) {
    call.live().adopt(call.urn(), left.id());
    controlPlane.updateEndpoint(wanted.project(), left.id(), wanted.update());
    return controlPlane.startEndpoint(wanted.project(), left.id());
  }

  private Optional<Endpoint> leftover() {
    return endpoints().stream()
        .filter(endpoint -> endpoint.name().equals(Optional.of(wanted.name())))
        .filter(endpoint -> !call.live().knows(call.urn(), endpoint.id()))
        .findFirst();
  }

  /** The endpoints of the branch that are of the wanted type. */
  private List<Endpoint> endpoints() {
    return controlPlane.endpoints(wanted.project()).stream()
        .filter(endpoint -> endpoint.branchId().equals(wanted.branch()))
        .filter(endpoint -> endpoint.type() == wanted.type())
        .toList();
  }

  private RuntimeException failure(ControlPlaneException failure) {
    if (failure.kind() == Kind.CONFLICT && wanted.type() == EndpointType.READ_WRITE) {
      return taken(failure);
    }
    try {
      return leftover()
          .<RuntimeException>map(left -> unfinished(EndpointState.of(wanted, left), failure))
          .orElse(failure);
    } catch (ControlPlaneException e) {
      return failure;
    }
  }

  private RuntimeException taken(ControlPlaneException failure) {
    return endpoints().stream()
        .findFirst()
        .<RuntimeException>map(
            other ->
                new RefusedException(
                    "branch "
                        + wanted.branch()
                        + " already has the read_write endpoint "
                        + other.id()
                        + other.name().map(name -> " named '" + name + "'").orElse("")
                        + ", and can have one; delete it, import it by "
                        + wanted.project()
                        + "/"
                        + other.id()
                        + ", or make this one read_only",
                    failure))
        .orElse(failure);
  }

  static UnfinishedException unfinished(EndpointState endpoint, Exception cause) {
    return new UnfinishedException(
        endpoint.ref().toString(),
        endpoint.unfinished(),
        "endpoint "
            + endpoint.endpointId()
            + " does not accept connections yet: "
            + cause.getMessage()
            + ". Run pulumi up again to start it",
        cause);
  }
}
