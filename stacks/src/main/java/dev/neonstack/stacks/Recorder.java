package dev.neonstack.stacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.pulumi.Log;
import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import com.pulumi.resources.Resource;
import com.pulumi.resources.ResourceTransformation;
import com.pulumi.serialization.internal.Serializer;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Notes every resource a program declares, without changing any: given to the stack as a
 * transformation before the first of them. The SDK's own serializer says what the inputs are, so
 * that they are those the engine is given; of secrets nothing is kept, and what is not known stays
 * unknown.
 */
public final class Recorder implements ResourceTransformation {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Queue<CompletableFuture<Declared>> noted = new ConcurrentLinkedQueue<>();

  private volatile boolean recording;

  /** Begins to note. Until then nothing is kept, which costs a program nothing. */
  public void start() {
    recording = true;
  }

  @Override
  public Optional<Result> apply(Args args) {
    if (!recording) {
      return Optional.empty();
    }
    var options = args.options();
    var keeping = new Declared.Keeping(options.isProtect(), options.isRetainOnDelete());
    noted.add(
        properties(args).thenApply(properties -> declared(args.resource(), keeping, properties)));
    return Optional.empty();
  }

  /** All resources declared so far, as soon as their inputs are settled. */
  public Output<List<Declared>> declared() {
    var all = List.copyOf(noted);
    return Output.of(
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
            .thenApply(done -> all.stream().map(CompletableFuture::join).toList()));
  }

  /** A property as the engine is given it, and the keys of the resources it is made from. */
  private record Property(String name, JsonNode value, Set<String> references) {}

  private static CompletableFuture<List<Property>> properties(Args args) {
    if (args.args() == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    return Internal.from(args.args())
        .toNullableMapAsync(Log.ignore())
        .thenCompose(
            values -> {
              var each =
                  values.entrySet().stream()
                      .filter(value -> value.getValue() != null)
                      .map(value -> property(value.getKey().toString(), value.getValue()))
                      .toList();
              return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                  .thenApply(done -> each.stream().map(CompletableFuture::join).toList());
            })
        // What is wrong with the arguments is said by the resource itself.
        .exceptionally(wrong -> List.of());
  }

  private static CompletableFuture<Property> property(String name, Object value) {
    var serializer = new Serializer(Log.ignore());
    return serializer
        .serializeAsync(name, value, false)
        .handle(
            (serialized, wrong) ->
                new Property(
                    name,
                    wrong == null ? JSON.valueToTree(serialized) : Values.unknown(),
                    keys(serializer.dependentResources)));
  }

  private static Set<String> keys(Set<Resource> resources) {
    return resources.stream()
        .map(one -> Declared.key(one.pulumiResourceType(), one.pulumiResourceName()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Declared declared(
      Resource resource, Declared.Keeping keeping, List<Property> properties) {
    var inputs = JsonNodeFactory.instance.objectNode();
    properties.stream()
        .filter(property -> !property.value().isNull())
        .forEach(property -> inputs.set(property.name(), property.value()));
    Map<String, Set<String>> references =
        properties.stream()
            .filter(property -> !property.references().isEmpty())
            .collect(Collectors.toMap(Property::name, Property::references));
    return new Declared(
        resource.pulumiResourceType(),
        resource.pulumiResourceName(),
        Optional.empty(),
        keeping,
        inputs,
        references);
  }
}
