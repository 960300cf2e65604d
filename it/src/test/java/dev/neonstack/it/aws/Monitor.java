package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Wire;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import pulumirpc.Provider.ConstructRequest;
import pulumirpc.Provider.ConstructResponse;
import pulumirpc.Resource.RegisterResourceOutputsRequest;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.ResourceInvokeRequest;
import pulumirpc.ResourceMonitorGrpc;

/** The engine, as one component registers itself and its children there. */
final class Monitor implements AutoCloseable {
  private static final int MAX_MESSAGE = 400 << 20;

  private final ConstructRequest request;
  private final ManagedChannel channel;
  private final ResourceMonitorGrpc.ResourceMonitorBlockingStub engine;
  private final List<String> children = new ArrayList<>();
  private String urn = "";

  Monitor(ConstructRequest request) {
    this.request = request;
    channel =
        NettyChannelBuilder.forTarget(request.getMonitorEndpoint())
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE)
            .build();
    engine = ResourceMonitorGrpc.newBlockingStub(channel);
  }

  /** A child that has been registered; in a preview its outputs may be unknown. */
  record Child(String urn, String id, ObjectNode outputs) {
    JsonNode output(String path) {
      var found = Found.in(outputs, path);
      return found.isEmpty()
          ? JsonNodeFactory.instance.textNode(Wire.UNKNOWN)
          : found.get(0).value();
    }

    JsonNode idOrUnknown() {
      return JsonNodeFactory.instance.textNode(isMade() ? id : Wire.UNKNOWN);
    }

    ObjectNode reference() {
      return Wire.reference(urn, id);
    }

    boolean isMade() {
      return !id.isEmpty();
    }
  }

  String name() {
    return request.getName();
  }

  ObjectNode inputs() {
    return Wire.json(request.getInputs());
  }

  /** Registers the component itself, before its children. */
  String component(String parent) {
    var component = registration(request.getType(), request.getName(), parent);
    component.setObject(request.getInputs()).putAllProviders(request.getProvidersMap());
    component.addAllAliases(request.getAliasesList()).setAliasSpecs(true);
    urn = engine.registerResource(component.build()).getUrn();
    return urn;
  }

  /** Registers a child, with the options that the component was given. */
  Child child(String type, String name, ObjectNode inputs, String... ignoreChanges) {
    var dependencies = new TreeSet<>(request.getDependenciesList());
    request.getInputDependenciesMap().values().forEach(of -> dependencies.addAll(of.getUrnsList()));
    dependencies.addAll(children);
    var child = registration(type, name, urn);
    child.setCustom(true).setObject(Wire.struct(inputs)).addAllDependencies(dependencies);
    child.addAllIgnoreChanges(List.of(ignoreChanges));
    child.setProvider(request.getProvidersMap().getOrDefault("aws", ""));
    var made = engine.registerResource(child.build());
    children.add(made.getUrn());
    return new Child(made.getUrn(), made.getId(), Wire.json(made.getObject()));
  }

  private RegisterResourceRequest.Builder registration(String type, String name, String parent) {
    var registration =
        RegisterResourceRequest.newBuilder()
            .setType(type)
            .setName(name)
            .setParent(parent)
            .setAcceptSecrets(true)
            .setAcceptResources(true)
            .setSupportsPartialValues(true);
    if (request.hasProtect()) {
      registration.setProtect(request.getProtect());
    }
    if (request.hasRetainOnDelete()) {
      registration.setRetainOnDelete(request.getRetainOnDelete());
    }
    return registration;
  }

  /** What a resource that an input names has become. */
  ObjectNode state(JsonNode reference) {
    var arguments = JsonNodeFactory.instance.objectNode().set("urn", reference.path("urn"));
    var asked =
        ResourceInvokeRequest.newBuilder()
            .setTok("pulumi:pulumi:getResource")
            .setArgs(Wire.struct(arguments))
            .setAcceptResources(true)
            .build();
    return (ObjectNode) Wire.json(engine.invoke(asked).getReturn()).path("state");
  }

  String parent() {
    return request.getParent();
  }

  /** Registers the outputs, which come of all children. */
  ConstructResponse done(ObjectNode outputs) {
    engine.registerResourceOutputs(
        RegisterResourceOutputsRequest.newBuilder()
            .setUrn(urn)
            .setOutputs(Wire.struct(outputs))
            .build());
    var from = ConstructResponse.PropertyDependencies.newBuilder().addAllUrns(children).build();
    var response = ConstructResponse.newBuilder().setUrn(urn).setState(Wire.struct(outputs));
    outputs.fieldNames().forEachRemaining(name -> response.putStateDependencies(name, from));
    return response.build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
