package dev.neonstack.provider.resource;

import dev.neonstack.neon.controlplane.Endpoint;
import dev.neonstack.provider.resource.Ids.EndpointRef;
import dev.neonstack.provider.value.Props;

/**
 * What an endpoint is.
 *
 * @param pending whether it exists and has not been seen to accept connections
 */
record EndpointState(
    EndpointInputs endpoint, String endpointId, String host, int port, boolean pending) {

  static EndpointState of(EndpointInputs inputs, Endpoint endpoint) {
    return new EndpointState(inputs, endpoint.id(), endpoint.host(), endpoint.port(), false);
  }

  static EndpointState of(Props props) {
    return new EndpointState(
        EndpointInputs.of(props),
        props.requireText("endpointId"),
        props.requireText("host"),
        props.integer("port").orElse(0),
        props.bool("pending").orElse(false));
  }

  Props props() {
    var props =
        endpoint.props().toBuilder()
            .put("endpointId", endpointId)
            .put("host", host)
            .put("port", port);
    return pending ? props.put("pending", true).build() : props.build();
  }

  EndpointState unfinished() {
    return new EndpointState(endpoint, endpointId, host, port, true);
  }

  EndpointRef ref() {
    return new EndpointRef(endpoint.project(), endpointId);
  }
}
