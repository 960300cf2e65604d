package dev.neonstack.it.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Empty;
import dev.neonstack.it.harness.KubernetesPlugin;
import dev.neonstack.it.kube.KubeApi;
import dev.neonstack.it.standin.ResourceCalls;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
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
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.InvokeResponse;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.Provider.ProviderHandshakeResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/**
 * Pulumi's plugin for Kubernetes, but for releases of charts: charts come from servers that no test
 * may ask, so that {@link Releases} answers for them.
 */
final class KubernetesFront extends ResourceProviderGrpc.ResourceProviderImplBase
    implements AutoCloseable {
  private static final int MAX_MESSAGE = 400 << 20;

  private final Process process;
  private final ManagedChannel channel;
  private final ResourceProviderBlockingStub plugin;
  private final Server server;
  private final Releases releases;
  private final ResourceCalls releaseCalls;

  /**
   * Starts the plugin.
   *
   * @param api the cluster
   * @param log where the plugin writes to
   */
  KubernetesFront(KubeApi api, Path log) {
    releases = new Releases(api);
    releaseCalls = new ResourceCalls(releases);
    try {
      process =
          new ProcessBuilder(KubernetesPlugin.program().toString())
              .redirectError(log.toFile())
              .start();
      var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      var port = Integer.parseInt(out.readLine().strip());
      channel =
          NettyChannelBuilder.forAddress("127.0.0.1", port)
              .usePlaintext()
              .maxInboundMessageSize(MAX_MESSAGE)
              .build();
      plugin = ResourceProviderGrpc.newBlockingStub(channel);
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .maxInboundMessageSize(MAX_MESSAGE)
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The charts noted as released, as {@code namespace/name chart version}. */
  List<String> releases() {
    return releases.noted();
  }

  /** How the engine is told to use it: an entry of {@code PULUMI_DEBUG_PROVIDERS}. */
  String attachment() {
    return "kubernetes:" + server.getPort();
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    try {
      observer.onNext(work.get());
      observer.onCompleted();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    } catch (RuntimeException e) {
      observer.onError(
          Status.UNKNOWN.withDescription(String.valueOf(e.getMessage())).asException());
    }
  }

  /** Asks who knows: of a release this process, of everything else the plugin. */
  private <Q, A> void route(
      String urn,
      Q request,
      StreamObserver<A> observer,
      Function<Q, A> ofRelease,
      Function<Q, A> ofPlugin) {
    answer(observer, () -> (Releases.isOne(urn) ? ofRelease : ofPlugin).apply(request));
  }

  @Override
  public void handshake(
      ProviderHandshakeRequest request, StreamObserver<ProviderHandshakeResponse> observer) {
    answer(observer, () -> plugin.handshake(request));
  }

  @Override
  public void attach(PluginAttach request, StreamObserver<Empty> observer) {
    answer(observer, () -> plugin.attach(request));
  }

  @Override
  public void getPluginInfo(Empty request, StreamObserver<PluginInfo> observer) {
    answer(observer, () -> plugin.getPluginInfo(request));
  }

  @Override
  public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> observer) {
    answer(observer, () -> plugin.checkConfig(request));
  }

  @Override
  public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> observer) {
    answer(observer, () -> plugin.diffConfig(request));
  }

  @Override
  public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> observer) {
    answer(observer, () -> plugin.configure(request));
  }

  @Override
  public void invoke(InvokeRequest request, StreamObserver<InvokeResponse> observer) {
    answer(observer, () -> plugin.invoke(request));
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
    route(request.getUrn(), request, observer, releaseCalls::check, plugin::check);
  }

  @Override
  public void diff(DiffRequest request, StreamObserver<DiffResponse> observer) {
    route(request.getUrn(), request, observer, releaseCalls::diff, plugin::diff);
  }

  @Override
  public void create(CreateRequest request, StreamObserver<CreateResponse> observer) {
    route(request.getUrn(), request, observer, releaseCalls::create, plugin::create);
  }

  @Override
  public void update(UpdateRequest request, StreamObserver<UpdateResponse> observer) {
    route(request.getUrn(), request, observer, releaseCalls::update, plugin::update);
  }

  @Override
  public void read(ReadRequest request, StreamObserver<ReadResponse> observer) {
    route(request.getUrn(), request, observer, releaseCalls::read, plugin::read);
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<Empty> observer) {
    route(request.getUrn(), request, observer, releaseCalls::delete, plugin::delete);
  }

  @Override
  public void cancel(Empty request, StreamObserver<Empty> observer) {
    answer(observer, () -> plugin.cancel(request));
  }

  @Override
  public void close() {
    server.shutdownNow();
    channel.shutdownNow();
    process.destroy();
    process.onExit().join();
  }
}
