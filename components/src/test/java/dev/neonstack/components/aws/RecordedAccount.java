package dev.neonstack.components.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.Context;
import com.pulumi.resources.Resource;
import com.pulumi.test.Mocks;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.MockMonitor;
import com.pulumi.test.internal.PulumiTestInternal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;

/** An engine that keeps what a program registers, and makes up the ARNs an account would give. */
public final class RecordedAccount implements Mocks {
  /** Its number. */
  public static final String ID = "123456789012";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Recorded> all = new CopyOnWriteArrayList<>();
  private final Map<String, RegisterResourceRequest> requests = new ConcurrentHashMap<>();

  /** Runs the program and answers its result, which fails when the program did. */
  public TestResult run(Consumer<Context> program) {
    return PulumiTestInternal.builder()
        .options(TestOptions.builder().preview(false).build())
        .mocks(this)
        .monitorDecorator(Monitor::new)
        .build()
        .runTest(program)
        .throwOnError();
  }

  @Override
  public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
    all.add(new Recorded(args.type, args.name, args.inputs));
    var state = new HashMap<String, Object>(args.inputs);
    var named = name(args);
    state.putIfAbsent("name", named);
    arn(kind(String.valueOf(args.type)), named).ifPresent(arn -> state.put("arn", arn));
    return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(named), state));
  }

  /** The only registration of this kind and name. */
  public Recorded the(String kind, String name) {
    return all.stream()
        .filter(one -> kind(one.type()).equals(kind) && one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s %s in %s".formatted(kind, name, names())));
  }

  /** What was registered besides components, as {@code kind name}. */
  public List<String> names() {
    return all.stream()
        .filter(one -> requests.get(one.key()).getCustom())
        .map(Recorded::key)
        .sorted()
        .toList();
  }

  /** How everything besides components was registered: with which parent and options. */
  public List<RegisterResourceRequest> requests() {
    return names().stream().map(requests::get).toList();
  }

  /** What has to be there before a registration, as {@code kind name}. */
  public List<String> before(String kind, String name) {
    return requests.get(kind + " " + name).getDependenciesList().stream()
        .map(RecordedAccount::shortName)
        .toList();
  }

  /** The parent of each registration besides components, both as {@code kind name}. */
  public Map<String, String> parents() {
    return names().stream().collect(Collectors.toMap(name -> name, this::parent));
  }

  /** The parent of one registration, component or not. */
  public String parent(String name) {
    return shortName(requests.get(name).getParent());
  }

  /** One registration. */
  public record Recorded(String type, String name, Map<String, Object> inputs) {
    String key() {
      return kind(type) + " " + name;
    }

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

    /** The JSON in an input. */
    public JsonNode json(String input) {
      try {
        return JSON.readTree((String) inputs.get(input));
      } catch (JsonProcessingException e) {
        throw new AssertionError(input, e);
      }
    }
  }

  /** Keeps what the mocks of the SDK do not hand on. */
  private final class Monitor extends MockMonitor {
    Monitor(MockMonitor replaced) {
      super(RecordedAccount.this, PulumiTestInternal.mockLog());
    }

    @Override
    public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
        Resource resource, RegisterResourceRequest request) {
      requests.put(kind(request.getType()) + " " + request.getName(), request);
      return super.registerResourceAsync(resource, request);
    }
  }

  private static String name(ResourceArgs args) {
    for (var field : List.of("bucket", "name")) {
      if (args.inputs.get(field) instanceof String given) {
        return given;
      }
    }
    return String.valueOf(args.name);
  }

  private static Optional<String> arn(String kind, String name) {
    return switch (kind) {
      case "Role" -> Optional.of("arn:aws:iam::%s:role/%s".formatted(ID, name));
      case "Policy" -> Optional.of("arn:aws:iam::%s:policy/%s".formatted(ID, name));
      case "BucketV2" -> Optional.of("arn:aws:s3:::" + name);
      case "Queue" -> Optional.of("arn:aws:sqs:eu-central-1:%s:%s".formatted(ID, name));
      case "EventRule" -> Optional.of("arn:aws:events:eu-central-1:%s:rule/%s".formatted(ID, name));
      case "Key" -> Optional.of("arn:aws:kms:eu-central-1:%s:key/%s".formatted(ID, name));
      default -> Optional.empty();
    };
  }

  private static String shortName(String urn) {
    var split = urn.lastIndexOf("::");
    return kind(urn.substring(0, split)) + " " + urn.substring(split + 2);
  }

  private static String kind(String type) {
    return type.substring(type.lastIndexOf(':') + 1);
  }
}
