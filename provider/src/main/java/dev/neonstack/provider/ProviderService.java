package dev.neonstack.provider;

import com.google.protobuf.Empty;
import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.provider.resource.Call;
import dev.neonstack.provider.resource.Cancellation;
import dev.neonstack.provider.resource.Handlers;
import dev.neonstack.provider.resource.LiveIds;
import dev.neonstack.provider.resource.Patience;
import dev.neonstack.provider.resource.RefusedException;
import dev.neonstack.provider.resource.ResourceHandler;
import dev.neonstack.provider.resource.Services;
import dev.neonstack.provider.table.Problems;
import dev.neonstack.provider.value.Props;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
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
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.Provider.GetSchemaResponse;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.InvokeResponse;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.Provider.ProviderHandshakeResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;
import pulumirpc.ResourceProviderGrpc;

/** The engine's calls, mapped to handlers of resources and back. */
final class ProviderService extends ResourceProviderGrpc.ResourceProviderImplBase {
  static final String VERSION = "0.1.0";
  private static final String CONFIGURATION = "neonstack:index:Configuration";
  private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(10);
  private static final double PREVIEW_SECONDS = 5;

  private final Clock clock;
  private final EngineLog log;
  private final Supplier<LocalProcess> local;
  private final Handlers handlers = new Handlers();
  private final LiveIds live = new LiveIds();
  private final Cancellation cancellation = new Cancellation();
  private final Answers answers = new Answers(cancellation);
  private volatile Services services;
  private volatile Optional<Presence> presence = Optional.empty();

  ProviderService(Clock clock, EngineLog log, Supplier<LocalProcess> local) {
    this.clock = clock;
    this.log = log;
    this.local = local;
    this.services = new LazyServices(Settings.of(Props.EMPTY), local);
  }

  @Override
  public void handshake(
      ProviderHandshakeRequest request, StreamObserver<ProviderHandshakeResponse> observer) {
    log.attach(request.getEngineAddress());
    var answer = ProviderHandshakeResponse.newBuilder().setAcceptSecrets(true);
    Answers.now(observer, answer.build());
  }

  @Override
  public void attach(PluginAttach request, StreamObserver<Empty> observer) {
    log.attach(request.getAddress());
    Answers.now(observer, Empty.getDefaultInstance());
  }

  @Override
  public void getPluginInfo(Empty request, StreamObserver<PluginInfo> observer) {
    Answers.now(observer, PluginInfo.newBuilder().setVersion(VERSION).build());
  }

  @Override
  public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> observer) {
    answers.answer(observer, () -> GetSchemaResponse.newBuilder().setSchema(schema()).build());
  }

  private static String schema() {
    try (var in = ProviderService.class.getResourceAsStream("/schema.json")) {
      return new String(
          Objects.requireNonNull(in, "schema.json is missing").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> observer) {
    answers.answer(
        observer,
        () -> {
          var props = Structs.props(request.getNews());
          var problems = new Problems();
          Settings.check(props, problems);
          return Replies.checked(Settings.known(props), problems);
        });
  }

  @Override
  public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> observer) {
    answers.answer(observer, () -> Replies.configDiff(request));
  }

  @Override
  public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> observer) {
    answers.answer(
        observer,
        () -> {
          services = new LazyServices(Settings.of(Structs.props(request.getArgs())), local);
          presence = Optional.of(new Presence(services));
          return ConfigureResponse.newBuilder()
              .setAcceptSecrets(true)
              .setSupportsPreview(true)
              .build();
        });
  }

  @Override
  public void cancel(Empty request, StreamObserver<Empty> observer) {
    cancellation.cancel();
    Answers.now(observer, Empty.getDefaultInstance());
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
    answers.answer(
        observer,
        () -> {
          if (type(request.getUrn()).equals(CONFIGURATION)) {
            return refused(Structs.props(request.getNews()));
          }
          var handler = handler(request.getUrn());
          var olds = Structs.props(request.getOlds());
          handler.drawnId(olds).ifPresent(id -> live.know(request.getUrn(), id));
          var news = withoutDrawn(handler, Structs.props(request.getNews()));
          var problems = new Problems();
          handler.table().check(news, problems);
          handler.check(olds, news, clock.instant(), problems);
          var draw = new SeededDraw(request.getUrn(), request.getRandomSeed().toByteArray());
          return Replies.checked(handler.complete(draw, olds, news), problems);
        });
  }

  /** The program of a stack has something refused here, so that the engine tells it once. */
  private static CheckResponse refused(Props news) {
    var problems = new Problems();
    problems.add("", news.text("reason").orElse("it is refused, and nobody said why"));
    return Replies.checked(news, problems);
  }

  /** What a resource was completed with comes back when it is imported. */
  private static Props withoutDrawn(ResourceHandler<?, ?> handler, Props news) {
    var names = handler.table().names();
    var given = news.toBuilder();
    handler.computed().stream().filter(name -> !names.contains(name)).forEach(given::remove);
    return given.build();
  }

  @Override
  public void diff(DiffRequest request, StreamObserver<DiffResponse> observer) {
    answers.answer(
        observer,
        () -> {
          know(request.getUrn(), request.getId());
          var operations = operations(request.getUrn());
          var state = Structs.props(request.getOlds());
          presence
              .flatMap(seen -> operations.missing(seen, state))
              .ifPresent(sentence -> log.of(request.getUrn()).warn(sentence));
          var changes =
              operations.diff(
                  Structs.props(request.getOldInputs()),
                  state,
                  Structs.props(request.getNews()),
                  request.getIgnoreChangesList());
          return Replies.diff(
              presence
                  .map(seen -> operations.withOwner(seen, request.getUrn(), state, changes))
                  .orElse(changes));
        });
  }

  @Override
  public void create(CreateRequest request, StreamObserver<CreateResponse> observer) {
    answers.answer(
        observer,
        () -> {
          var operations = operations(request.getUrn());
          var inputs = Structs.props(request.getProperties());
          if (request.getPreview()) {
            presence.ifPresent(
                seen -> operations.foresee(seen, call(request.getUrn(), PREVIEW_SECONDS), inputs));
            var preview = Structs.struct(operations.createPreview(inputs));
            return CreateResponse.newBuilder().setProperties(preview).build();
          }
          var made = operations.create(call(request.getUrn(), request.getTimeout()), inputs);
          return CreateResponse.newBuilder()
              .setId(made.id())
              .setProperties(Structs.struct(made.state()))
              .build();
        });
  }

  @Override
  public void read(ReadRequest request, StreamObserver<ReadResponse> observer) {
    answers.answer(
        observer,
        () -> {
          know(request.getUrn(), request.getId());
          return operations(request.getUrn())
              .read(
                  call(request.getUrn(), request.getTimeout()),
                  request.getId(),
                  Structs.props(request.getInputs()),
                  Structs.props(request.getProperties()))
              .map(Replies::read)
              .orElse(ReadResponse.getDefaultInstance());
        });
  }

  @Override
  public void update(UpdateRequest request, StreamObserver<UpdateResponse> observer) {
    answers.answer(
        observer,
        () -> {
          know(request.getUrn(), request.getId());
          var operations = operations(request.getUrn());
          var state = Structs.props(request.getOlds());
          var inputs = Structs.props(request.getNews());
          if (request.getPreview()) {
            presence.ifPresent(
                seen ->
                    operations.foreseeChange(
                        seen, call(request.getUrn(), PREVIEW_SECONDS), inputs));
          }
          var updated =
              request.getPreview()
                  ? operations.updatePreview(
                      call(request.getUrn(), PREVIEW_SECONDS),
                      inputs,
                      Structs.props(request.getOldInputs()),
                      state)
                  : operations
                      .update(
                          call(request.getUrn(), request.getTimeout()),
                          request.getId(),
                          state,
                          inputs,
                          Structs.props(request.getOldInputs()))
                      .state();
          return UpdateResponse.newBuilder().setProperties(Structs.struct(updated)).build();
        });
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<Empty> observer) {
    answers.answer(
        observer,
        () -> {
          operations(request.getUrn())
              .delete(
                  call(request.getUrn(), request.getTimeout()),
                  request.getId(),
                  Structs.props(request.getProperties()));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void invoke(InvokeRequest request, StreamObserver<InvokeResponse> observer) {
    answers.answer(observer, () -> invoke(request));
  }

  private InvokeResponse invoke(InvokeRequest request) {
    var function =
        handlers
            .function(request.getTok())
            .orElseThrow(
                () -> new RefusedException("there is no function '" + request.getTok() + "'"));
    var arguments = Structs.props(request.getArgs());
    var problems = new Problems();
    function.table().check(arguments, problems);
    if (!problems.all().isEmpty()) {
      return Replies.refused(problems);
    }
    var current = services;
    if (!arguments.allKnown() || (request.getPreview() && !current.areUp())) {
      return Replies.invoked(function, function.unseen());
    }
    return Replies.invoked(function, function.call(call(request.getTok(), 0), arguments));
  }

  private void know(String urn, String id) {
    if (!id.isEmpty()) {
      handler(urn).storageId(id).ifPresent(stored -> live.know(urn, stored));
    }
  }

  private Call call(String urn, double timeoutSeconds) {
    var progress = log.of(urn.startsWith("urn:") ? urn : "");
    var limit =
        Optional.of(timeoutSeconds)
            .filter(seconds -> seconds > 0)
            .map(seconds -> Duration.ofMillis((long) (seconds * 1000)))
            .orElse(DEFAULT_LIMIT);
    var patience = new Patience(clock, limit, cancellation, progress);
    return new Call(urn, services.waiting(patience), live, patience, progress, clock);
  }

  private Operations<?, ?> operations(String urn) {
    return new Operations<>(handler(urn));
  }

  /** A URN ends in the types of the resource and its parents, and its name. */
  private ResourceHandler<?, ?> handler(String urn) {
    var type = type(urn);
    return handlers
        .resource(type)
        .orElseThrow(() -> new RefusedException("there is no resource type '" + type + "'"));
  }

  private static String type(String urn) {
    var parts = urn.split("::", 4);
    var types = parts.length == 4 ? parts[2] : "";
    return types.substring(types.lastIndexOf('$') + 1);
  }
}
