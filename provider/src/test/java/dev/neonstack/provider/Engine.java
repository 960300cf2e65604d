package dev.neonstack.provider;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.provider.value.Props;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.ErrorResourceInitFailed;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.InvokeResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/** Speaks to a provider over gRPC, in the order and with the state that Pulumi's engine would. */
final class Engine implements AutoCloseable {
  private final EngineLog log = new EngineLog();
  private final Server server;
  private final ManagedChannel channel;
  private final ResourceProviderBlockingStub provider;
  private double timeout = 20;

  Engine() {
    this(Clock.systemUTC());
  }

  Engine(Clock clock) {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(new ProviderService(clock, log, Engine::noLocalProcess))
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    provider = ResourceProviderGrpc.newBlockingStub(channel);
  }

  private static LocalProcess noLocalProcess() {
    throw new IllegalStateException("a test asked for the local process");
  }

  /** A resource as the engine keeps it. */
  record Resource(String urn, String id, Props inputs, Props state, List<String> initErrors) {}

  /** Where the provider tells what goes on. */
  void listens(FakeLog fake) {
    log.attach(fake.address());
  }

  ResourceProviderBlockingStub provider() {
    return provider;
  }

  void timeout(double seconds) {
    timeout = seconds;
  }

  void configure(Props config) {
    provider.configure(ConfigureRequest.newBuilder().setArgs(Structs.struct(config)).build());
  }

  static String urn(String type, String name) {
    return "urn:pulumi:test::test::neonstack:index:" + type + "::" + name;
  }

  CheckResponse check(String urn, Props olds, Props news) {
    return provider.check(
        CheckRequest.newBuilder()
            .setUrn(urn)
            .setOlds(Structs.struct(olds))
            .setNews(Structs.struct(news))
            .build());
  }

  List<String> failures(String type, Props news) {
    return check(urn(type, "checked"), Props.EMPTY, news).getFailuresList().stream()
        .map(CheckFailure::getReason)
        .toList();
  }

  Props checked(String urn, Props olds, Props news) {
    var answer = check(urn, olds, news);
    if (answer.getFailuresCount() > 0) {
      throw new AssertionError(answer.getFailuresList());
    }
    return Structs.props(answer.getInputs());
  }

  /** Check and create; a partial failure gives the resource with its errors. */
  Resource create(String type, String name, Props news) {
    var urn = urn(type, name);
    return createChecked(urn, checked(urn, Props.EMPTY, news));
  }

  Resource createChecked(String urn, Props inputs) {
    var request =
        CreateRequest.newBuilder()
            .setUrn(urn)
            .setTimeout(timeout)
            .setProperties(Structs.struct(inputs))
            .build();
    try {
      var made = provider.create(request);
      return new Resource(
          urn, made.getId(), inputs, Structs.props(made.getProperties()), List.of());
    } catch (StatusRuntimeException e) {
      return partial(urn, e);
    }
  }

  Props previewCreate(String type, String name, Props news) {
    var urn = urn(type, name);
    var request =
        CreateRequest.newBuilder()
            .setUrn(urn)
            .setPreview(true)
            .setProperties(Structs.struct(checked(urn, Props.EMPTY, news)));
    return Structs.props(provider.create(request.build()).getProperties());
  }

  DiffResponse diff(Resource old, Props news, String... ignored) {
    return diffUnchecked(old, checked(old.urn(), old.inputs(), news), ignored);
  }

  DiffResponse diffUnchecked(Resource old, Props inputs, String... ignored) {
    return provider.diff(
        DiffRequest.newBuilder()
            .setUrn(old.urn())
            .setId(old.id())
            .setOlds(Structs.struct(old.state()))
            .setOldInputs(Structs.struct(old.inputs()))
            .setNews(Structs.struct(inputs))
            .addAllIgnoreChanges(List.of(ignored))
            .build());
  }

  Resource update(Resource old, Props news) {
    var inputs = checked(old.urn(), old.inputs(), news);
    try {
      var updated = provider.update(updateRequest(old, inputs).build());
      var state = Structs.props(updated.getProperties());
      return new Resource(old.urn(), old.id(), inputs, state, List.of());
    } catch (StatusRuntimeException e) {
      return partial(old.urn(), e);
    }
  }

  Props previewUpdate(Resource old, Props news) {
    var inputs = checked(old.urn(), old.inputs(), news);
    var updated = provider.update(updateRequest(old, inputs).setPreview(true).build());
    return Structs.props(updated.getProperties());
  }

  private UpdateRequest.Builder updateRequest(Resource old, Props inputs) {
    return UpdateRequest.newBuilder()
        .setUrn(old.urn())
        .setId(old.id())
        .setTimeout(timeout)
        .setOlds(Structs.struct(old.state()))
        .setOldInputs(Structs.struct(old.inputs()))
        .setNews(Structs.struct(inputs));
  }

  /** Empty when it is gone. */
  Optional<Resource> read(Resource old) {
    var request =
        ReadRequest.newBuilder()
            .setUrn(old.urn())
            .setId(old.id())
            .setTimeout(timeout)
            .setProperties(Structs.struct(old.state()))
            .setInputs(Structs.struct(old.inputs()))
            .build();
    try {
      var found = provider.read(request);
      if (found.getId().isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Resource(
              old.urn(),
              found.getId(),
              Structs.props(found.getInputs()),
              Structs.props(found.getProperties()),
              List.of()));
    } catch (StatusRuntimeException e) {
      return Optional.of(partial(old.urn(), e));
    }
  }

  Optional<Resource> importById(String type, String name, String id) {
    return read(new Resource(urn(type, name), id, Props.EMPTY, Props.EMPTY, List.of()));
  }

  Empty delete(Resource old) {
    return provider.delete(
        DeleteRequest.newBuilder()
            .setUrn(old.urn())
            .setId(old.id())
            .setTimeout(timeout)
            .setProperties(Structs.struct(old.state()))
            .setOldInputs(Structs.struct(old.inputs()))
            .build());
  }

  InvokeResponse invoke(String function, Props arguments) {
    return provider.invoke(
        InvokeRequest.newBuilder()
            .setTok("neonstack:index:" + function)
            .setArgs(Structs.struct(arguments))
            .build());
  }

  private static Resource partial(String urn, StatusRuntimeException failure) {
    var status = StatusProto.fromThrowable(failure);
    if (status == null || status.getDetailsCount() == 0) {
      throw failure;
    }
    try {
      var begun = status.getDetails(0).unpack(ErrorResourceInitFailed.class);
      return new Resource(
          urn,
          begun.getId(),
          Structs.props(begun.getInputs()),
          Structs.props(begun.getProperties()),
          begun.getReasonsList());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    log.close();
    channel.shutdownNow();
    server.shutdownNow();
  }
}
