package dev.neonstack.it.kube.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.rpc.Status;
import dev.neonstack.it.kube.KubeApi;
import dev.neonstack.it.kube.Ref;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pulumirpc.Plugin.PluginAttach;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.ErrorResourceInitFailed;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.InvokeResponse;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.Provider.ProviderHandshakeResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;
import pulumirpc.ResourceProviderGrpc;

/** The engine's calls, done to a real API server. Charts, kustomize and patches are refused. */
final class StandIn extends ResourceProviderGrpc.ResourceProviderImplBase {
  private static final int UNKNOWN_CODE = 2;

  /** The types of a resource and its parents stand before its name. */
  private static final Pattern TYPE =
      Pattern.compile("kubernetes:(?:core/)?(?<apiVersion>[^:$]+):(?<kind>[^:$]+)::[^:]*$");

  private volatile Duration limit;
  private volatile boolean cancelled;
  private volatile Set<String> mutable = Set.of();
  private volatile String namespace = "default";
  private volatile Optional<KubeApi> api = Optional.empty();

  StandIn(Duration limit) {
    this.limit = limit;
  }

  void giveUpAfter(Duration patience) {
    limit = patience;
  }

  @Override
  public void handshake(
      ProviderHandshakeRequest request, StreamObserver<ProviderHandshakeResponse> observer) {
    answer(observer, () -> ProviderHandshakeResponse.newBuilder().setAcceptSecrets(true).build());
  }

  @Override
  public void attach(PluginAttach request, StreamObserver<Empty> observer) {
    answer(observer, Empty::getDefaultInstance);
  }

  @Override
  public void getPluginInfo(Empty request, StreamObserver<PluginInfo> observer) {
    answer(observer, () -> PluginInfo.newBuilder().setVersion("999.0.0").build());
  }

  @Override
  public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> observer) {
    answer(observer, () -> CheckResponse.newBuilder().setInputs(request.getNews()).build());
  }

  @Override
  public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> observer) {
    answer(
        observer,
        () ->
            Changes.between(Wire.json(request.getOldInputs()), Wire.json(request.getNews()))
                .response(new Fixed(List.of())));
  }

  @Override
  public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> observer) {
    answer(
        observer,
        () -> {
          cancelled = false;
          var config = Wire.plain(Wire.json(request.getArgs()));
          namespace = config.path("namespace").asText("default");
          mutable =
              Stream.of("ConfigMap", "Secret")
                  .filter(kind -> config.path("enable" + kind + "Mutable").asText().equals("true"))
                  .collect(Collectors.toUnmodifiableSet());
          api =
              Optional.of(config.path("kubeconfig"))
                  .filter(given -> given.isTextual() && !Wire.hasUnknown(given))
                  .map(given -> connect(given.asText(), config.path("context").asText()));
          return ConfigureResponse.newBuilder()
              .setAcceptSecrets(true)
              .setSupportsPreview(true)
              .build();
        });
  }

  /** A kubeconfig is given as it is, or as the file it is in. */
  private static KubeApi connect(String given, String context) {
    try {
      var text =
          given.contains("\n") || given.startsWith("{") ? given : Files.readString(Path.of(given));
      return KubeApi.of(text, Optional.of(context).filter(name -> !name.isEmpty()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void cancel(Empty request, StreamObserver<Empty> observer) {
    cancelled = true;
    answer(observer, Empty::getDefaultInstance);
  }

  @Override
  public void invoke(InvokeRequest request, StreamObserver<InvokeResponse> observer) {
    answer(
        observer,
        () -> {
          throw new IllegalArgumentException("the stand-in has no function " + request.getTok());
        });
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
    answer(
        observer,
        () -> {
          var inputs = typed(request.getUrn(), Wire.json(request.getNews()));
          var response = CheckResponse.newBuilder();
          if (Ref.of(Wire.plain(inputs)).name().isEmpty()) {
            response.addFailures(
                CheckFailure.newBuilder()
                    .setProperty("metadata.name")
                    .setReason("the stand-in makes up no names; give one"));
          }
          var completed = api.isPresent() ? cluster().completed(inputs, namespace) : inputs;
          return response.setInputs(Wire.struct(completed)).build();
        });
  }

  /** A type such as {@code kubernetes:apps/v1:StatefulSet} says what the manifest need not. */
  private static ObjectNode typed(String urn, ObjectNode inputs) {
    var type = TYPE.matcher(urn);
    if (type.find()) {
      for (var field : List.of("apiVersion", "kind")) {
        if (!inputs.hasNonNull(field)) {
          inputs.put(field, type.group(field));
        }
      }
    }
    return inputs;
  }

  @Override
  public void diff(DiffRequest request, StreamObserver<DiffResponse> observer) {
    answer(
        observer,
        () -> {
          var news = Wire.json(request.getNews());
          return Changes.between(Wire.json(request.getOldInputs()), news)
              .response(Fixed.of(news.path("kind").asText(), mutable));
        });
  }

  @Override
  public void create(CreateRequest request, StreamObserver<CreateResponse> observer) {
    answer(
        observer,
        () -> {
          var inputs = Wire.json(request.getProperties());
          if (request.getPreview()) {
            return CreateResponse.newBuilder()
                .setProperties(Wire.struct(rehearsed(inputs)))
                .build();
          }
          var live = applied(inputs, request.getTimeout());
          return CreateResponse.newBuilder()
              .setId(Ref.of(live).id())
              .setProperties(Wire.struct(state(live, inputs)))
              .build();
        });
  }

  @Override
  public void update(UpdateRequest request, StreamObserver<UpdateResponse> observer) {
    answer(
        observer,
        () -> {
          var inputs = Wire.json(request.getNews());
          var state =
              request.getPreview()
                  ? Wire.overlay(Wire.json(request.getOlds()), rehearsed(inputs))
                  : state(applied(inputs, request.getTimeout()), inputs);
          return UpdateResponse.newBuilder().setProperties(Wire.struct(state)).build();
        });
  }

  @Override
  public void read(ReadRequest request, StreamObserver<ReadResponse> observer) {
    answer(
        observer,
        () -> {
          var inputs = typed(request.getUrn(), Wire.json(request.getInputs()));
          var live = cluster().read(Ref.of(Wire.plain(inputs)));
          return live.map(found -> found(request.getId(), found, inputs))
              .orElse(ReadResponse.getDefaultInstance());
        });
  }

  private static ReadResponse found(String id, JsonNode live, ObjectNode inputs) {
    var now = (ObjectNode) Wire.project(inputs, live);
    if (inputs.has("stringData")) {
      now.set("stringData", inputs.get("stringData"));
    }
    return ReadResponse.newBuilder()
        .setId(id)
        .setInputs(Wire.struct(now))
        .setProperties(Wire.struct(state(live, now)))
        .build();
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<Empty> observer) {
    answer(
        observer,
        () -> {
          var state = Wire.plain(Wire.json(request.getProperties()));
          cluster().delete(Ref.of(state), request.getTimeout());
          return Empty.getDefaultInstance();
        });
  }

  private Cluster cluster() {
    return new Cluster(
        api.orElseThrow(() -> new IllegalStateException("the provider was given no kubeconfig")),
        limit,
        () -> cancelled);
  }

  private JsonNode rehearsed(ObjectNode inputs) {
    if (api.isPresent() && !Wire.hasUnknown(inputs)) {
      cluster().rehearse(Wire.plain(inputs));
    }
    return inputs.deepCopy().put("status", Wire.UNKNOWN);
  }

  private JsonNode applied(ObjectNode inputs, double timeoutSeconds) {
    try {
      return cluster().apply(Wire.plain(inputs), timeoutSeconds);
    } catch (Cluster.UnreadyException e) {
      throw unfinished(e, inputs);
    }
  }

  /** What is kept of an object: all of it, without the record of who manages which field. */
  private static JsonNode state(JsonNode live, ObjectNode inputs) {
    var kept = (ObjectNode) live.deepCopy();
    if (kept.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
      metadata.remove("resourceVersion");
    }
    if (kept.path("kind").asText().equals("Secret") && kept.has("data")) {
      kept.set("data", Wire.secret(kept.get("data")));
    }
    return Wire.overlay(kept, inputs);
  }

  private static StatusRuntimeException unfinished(Cluster.UnreadyException e, ObjectNode inputs) {
    var detail =
        ErrorResourceInitFailed.newBuilder()
            .setId(Ref.of(e.live()).id())
            .setProperties(Wire.struct(state(e.live(), inputs)))
            .setInputs(Wire.struct(inputs))
            .addReasons(e.getMessage())
            .build();
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(UNKNOWN_CODE)
            .setMessage(e.getMessage())
            .addDetails(Any.pack(detail))
            .build());
  }

  /** The observer is completed on every path. */
  private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    try {
      var result = work.get();
      observer.onNext(result);
      observer.onCompleted();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    } catch (RuntimeException e) {
      observer.onError(io.grpc.Status.UNKNOWN.withDescription(e.getMessage()).asRuntimeException());
    }
  }
}
