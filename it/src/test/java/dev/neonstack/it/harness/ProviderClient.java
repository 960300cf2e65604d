package dev.neonstack.it.harness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Wire;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/** Asks a provider for branches as the engine would, and can do so from many threads. */
public final class ProviderClient implements AutoCloseable {
  private static final String URN = "urn:pulumi:test::test::neonstack:index:Branch::";

  /** Much longer than a branch takes, and no longer than a test should. */
  private static final double PATIENCE_SECONDS = 60;

  private final ManagedChannel channel;
  private final ResourceProviderBlockingStub provider;

  ProviderClient(int port) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    provider = ResourceProviderGrpc.newBlockingStub(channel);
  }

  /** A branch as the engine keeps it. */
  public record Made(String urn, String id, ObjectNode inputs, ObjectNode state) {
    /** The timeline. */
    public String branchId() {
      return state.path("branchId").asText();
    }
  }

  /** Tells the provider its settings. */
  public ProviderClient configure(ObjectNode settings) {
    var request = ConfigureRequest.newBuilder().setArgs(Wire.struct(settings)).build();
    var unused = provider.configure(request);
    return this;
  }

  /** Makes a branch, as a stack would that declares it under that name. */
  public Made create(String name, ObjectNode wanted) {
    var urn = URN + name;
    var checked =
        provider.check(CheckRequest.newBuilder().setUrn(urn).setNews(Wire.struct(wanted)).build());
    if (checked.getFailuresCount() > 0) {
      throw new IllegalArgumentException(checked.getFailuresList().toString());
    }
    var made =
        provider.create(
            CreateRequest.newBuilder()
                .setUrn(urn)
                .setTimeout(PATIENCE_SECONDS)
                .setProperties(checked.getInputs())
                .build());
    return new Made(
        urn, made.getId(), Wire.json(checked.getInputs()), Wire.json(made.getProperties()));
  }

  /** Deletes a branch. */
  public void delete(Made branch) {
    var unused =
        provider.delete(
            DeleteRequest.newBuilder()
                .setUrn(branch.urn())
                .setId(branch.id())
                .setTimeout(PATIENCE_SECONDS)
                .setProperties(Wire.struct(branch.state()))
                .setOldInputs(Wire.struct(branch.inputs()))
                .build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
