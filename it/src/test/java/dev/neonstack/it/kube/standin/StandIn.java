package dev.neonstack.it.kube.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.rpc.Status;
import dev.neonstack.it.kube.KubeApi;
import dev.neonstack.it.kube.Ref;
import dev.neonstack.it.standin.Changes;
import dev.neonstack.it.standin.Plugin;
import dev.neonstack.it.standin.ResourceCalls;
import dev.neonstack.it.standin.Wire;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.ErrorResourceInitFailed;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;

/**
 * The engine's calls, done to a real API server. Releases of charts are noted and not installed;
 * kustomize and patches are refused.
 */
final class StandIn extends Plugin {
  private static final int UNKNOWN_CODE = 2;

  /** The types of a resource and its parents stand before its name. */
  private static final Pattern TYPE =
      Pattern.compile("kubernetes:(?:core/)?(?<apiVersion>[^:$]+):(?<kind>[^:$]+)::[^:]*$");

  private volatile Duration limit;
  private volatile boolean cancelled;
  private volatile Set<String> mutable = Set.of();
  private volatile String namespace = "default";
  private volatile Optional<KubeApi> api = Optional.empty();

  private final Releases releases = new Releases(() -> api);
  private final ResourceCalls releaseCalls = new ResourceCalls(releases);

  StandIn(Duration limit) {
    this.limit = limit;
  }

  void giveUpAfter(Duration patience) {
    limit = patience;
  }

  @Override
  protected void configure(ObjectNode marked) {
    cancelled = false;
    var config = Wire.plain(marked);
    namespace = config.path("namespace").asText("default");
    mutable =
        Stream.of("ConfigMap", "Secret")
            .filter(kind -> config.path("enable" + kind + "Mutable").asText().equals("true"))
            .collect(Collectors.toUnmodifiableSet());
    api =
        Optional.of(config.path("kubeconfig"))
            .filter(given -> given.isTextual() && !Wire.hasUnknown(given))
            .map(given -> connect(given.asText(), config.path("context").asText()));
  }

  List<String> releases() {
    return releases.noted();
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
  public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
    if (Releases.isOne(request.getUrn())) {
      answer(observer, () -> releaseCalls.check(request));
      return;
    }
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
    if (Releases.isOne(request.getUrn())) {
      answer(observer, () -> releaseCalls.diff(request));
      return;
    }
    answer(
        observer,
        () -> {
          var news = Wire.json(request.getNews());
          return Changes.between(Wire.json(request.getOldInputs()), news)
              .response(FixedFields.of(news.path("kind").asText(), mutable));
        });
  }

  @Override
  public void create(CreateRequest request, StreamObserver<CreateResponse> observer) {
    if (Releases.isOne(request.getUrn())) {
      answer(observer, () -> releaseCalls.create(request));
      return;
    }
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
    if (Releases.isOne(request.getUrn())) {
      answer(observer, () -> releaseCalls.update(request));
      return;
    }
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
    if (Releases.isOne(request.getUrn())) {
      answer(observer, () -> releaseCalls.read(request));
      return;
    }
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
    if (Releases.isOne(request.getUrn())) {
      answer(observer, () -> releaseCalls.delete(request));
      return;
    }
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
}
