package dev.neonstack.bench;

import com.google.protobuf.Empty;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import pulumirpc.Plugin.PluginAttach;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.InvokeResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.ResourceProviderGrpc;

/**
 * A provider that takes the same resources as ours and does nothing with them. What Pulumi's engine
 * and checkpoints cost for so many resources is what an `up` with it takes.
 */
final class NullProvider extends ResourceProviderGrpc.ResourceProviderImplBase
    implements AutoCloseable {
  private static final int MAX_MESSAGE = 400 << 20;

  private final Server server;

  NullProvider() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxInboundMessageSize(MAX_MESSAGE)
            .addService(this)
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void getPluginInfo(Empty request, StreamObserver<PluginInfo> observer) {
    answer(observer, PluginInfo.newBuilder().setVersion("999.0.0").build());
  }

  @Override
  public void attach(PluginAttach request, StreamObserver<Empty> observer) {
    answer(observer, Empty.getDefaultInstance());
  }

  @Override
  public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> observer) {
    check(request, observer);
  }

  @Override
  public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> observer) {
    diff(request, observer);
  }

  @Override
  public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> observer) {
    answer(
        observer,
        ConfigureResponse.newBuilder()
            .setAcceptSecrets(true)
            .setSupportsPreview(true)
            .setAcceptResources(true)
            .build());
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
    answer(observer, CheckResponse.newBuilder().setInputs(request.getNews()).build());
  }

  @Override
  public void diff(DiffRequest request, StreamObserver<DiffResponse> observer) {
    var same = request.getOldInputs().equals(request.getNews());
    answer(
        observer,
        DiffResponse.newBuilder()
            .setChanges(same ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
            .build());
  }

  @Override
  public void create(CreateRequest request, StreamObserver<CreateResponse> observer) {
    var response = CreateResponse.newBuilder().setProperties(withOutputs(request.getProperties()));
    if (!request.getPreview()) {
      response.setId(UUID.randomUUID().toString());
    }
    answer(observer, response.build());
  }

  /** The outputs that the program passes on from one resource to the next. */
  private static Struct withOutputs(Struct inputs) {
    var id = UUID.randomUUID().toString().replace("-", "");
    return Struct.newBuilder()
        .putFields("tenantId", text(id))
        .putFields("branchId", text(id))
        .putFields("parentLsn", text("0/14D8AB0"))
        .putFields("createdAt", text("2026-11-23T00:00:00Z"))
        .mergeFrom(inputs)
        .build();
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }

  @Override
  public void read(ReadRequest request, StreamObserver<ReadResponse> observer) {
    answer(
        observer,
        ReadResponse.newBuilder()
            .setId(request.getId())
            .setProperties(request.getProperties())
            .setInputs(request.getInputs())
            .build());
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<Empty> observer) {
    answer(observer, Empty.getDefaultInstance());
  }

  /** The one function that the program calls: no branches are there. */
  @Override
  public void invoke(InvokeRequest request, StreamObserver<InvokeResponse> observer) {
    var none = Value.newBuilder().setListValue(ListValue.getDefaultInstance()).build();
    answer(
        observer,
        InvokeResponse.newBuilder()
            .setReturn(Struct.newBuilder().putFields("branches", none))
            .build());
  }

  @Override
  public void cancel(Empty request, StreamObserver<Empty> observer) {
    answer(observer, Empty.getDefaultInstance());
  }

  private static <T> void answer(StreamObserver<T> observer, T value) {
    observer.onNext(value);
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
