package dev.neonstack.components;

import com.pulumi.Context;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import com.pulumi.test.Mocks;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.MockMonitor;
import com.pulumi.test.internal.PulumiTestInternal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;

/** An engine that keeps the objects a program registers, as a cluster would be given them. */
public final class RecordedCluster implements Mocks {
  private final List<Recorded> all = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> before = new ConcurrentHashMap<>();
  private final Map<String, String> patience = new ConcurrentHashMap<>();

  /** Runs the program and answers its result, which fails when the program did. */
  public TestResult run(Consumer<Context> program) {
    return run(false, program);
  }

  public TestResult run(boolean preview, Consumer<Context> program) {
    return PulumiTestInternal.builder()
        .options(TestOptions.builder().preview(preview).build())
        .mocks(this)
        .monitorDecorator(Monitor::new)
        .build()
        .runTest(program)
        .throwOnError();
  }

  /** How long Pulumi waits for an update of the resource. */
  public Duration patience(String kind, String resource) {
    return CustomTimeouts.parseTimeoutString(patience.get(kind + " " + resource));
  }

  /** The objects that have to be there before the named resource, as {@code kind name}. */
  public List<String> before(String kind, String resource) {
    return before.getOrDefault(kind + " " + resource, List.of());
  }

  @Override
  public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
    all.add(new Recorded(args.type, args.name, args.inputs));
    var state = new HashMap<String, Object>(args.inputs);
    state.putAll(KeyAnswers.of(args));
    if (String.valueOf(args.type).startsWith("aws:")) {
      state.put("arn", "arn:aws:test:::" + args.name);
      state.putIfAbsent("name", args.name);
    }
    return CompletableFuture.completedFuture(
        ResourceResult.of(Optional.ofNullable(args.name), state));
  }

  /** What was registered, sorted by type and name, without components and providers. */
  public List<Recorded> objects() {
    return all.stream()
        .filter(one -> one.type().startsWith("kubernetes:"))
        .sorted(Comparator.comparing(Recorded::type).thenComparing(Recorded::name))
        .toList();
  }

  public List<Recorded> everything() {
    return List.copyOf(all);
  }

  public List<Recorded> ofKind(String kind) {
    return objects().stream().filter(one -> one.type().endsWith(":" + kind)).toList();
  }

  public Recorded the(String kind, String name) {
    return ofKind(kind).stream()
        .filter(one -> one.at("metadata", "name").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s %s in %s".formatted(kind, name, objects())));
  }

  /** One registration. */
  public record Recorded(String type, String name, Map<String, Object> inputs) {
    /** The value at a path of keys and indices of lists. */
    public Object at(Object... path) {
      Object found = inputs;
      for (var step : path) {
        found =
            step instanceof Integer index
                ? ((List<?>) found).get(index)
                : ((Map<?, ?>) found).get(step);
      }
      return found;
    }

    public String text(Object... path) {
      return String.valueOf(at(path));
    }
  }

  /** Keeps what the mocks of the SDK do not hand on. */
  private final class Monitor extends MockMonitor {
    Monitor(MockMonitor replaced) {
      super(RecordedCluster.this, PulumiTestInternal.mockLog());
    }

    @Override
    public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
        Resource resource, RegisterResourceRequest request) {
      before.put(
          kind(request.getType()) + " " + request.getName(),
          request.getDependenciesList().stream().map(RecordedCluster::shortName).toList());
      patience.put(
          kind(request.getType()) + " " + request.getName(),
          request.getCustomTimeouts().getUpdate());
      return super.registerResourceAsync(resource, request);
    }
  }

  private static String shortName(String urn) {
    var name = urn.substring(urn.lastIndexOf("::") + 2);
    var type = urn.substring(0, urn.lastIndexOf("::"));
    return kind(type) + " " + name;
  }

  private static String kind(String type) {
    return type.substring(type.lastIndexOf(':') + 1);
  }
}
