package dev.neonstack.components.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.pulumi.Context;
import com.pulumi.resources.Resource;
import com.pulumi.test.Mocks;
import com.pulumi.test.TestOptions;
import com.pulumi.test.internal.MockMonitor;
import com.pulumi.test.internal.PulumiTestInternal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;

/**
 * An engine that keeps what a program asks of AWS as it goes over the wire, with what is absent
 * there and with references to resources, and makes up ids, ARNs and a cluster.
 */
public final class AwsRecorder implements Mocks {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Asked> all = new CopyOnWriteArrayList<>();

  /** Runs the program, which has to succeed. */
  public void run(Consumer<Context> program) {
    run(false, program);
  }

  public void run(boolean preview, Consumer<Context> program) {
    PulumiTestInternal.builder()
        .options(TestOptions.builder().preview(preview).build())
        .mocks(this)
        .monitorDecorator(replaced -> new Monitor())
        .build()
        .runTest(program)
        .throwOnError();
  }

  public List<Asked> everything() {
    return List.copyOf(all);
  }

  /** All of a type, such as {@code aws:ec2/vpc:Vpc}. */
  public List<Asked> ofType(String type) {
    return all.stream().filter(one -> one.type().equals(type)).toList();
  }

  /** The one of that type. */
  public Asked the(String type) {
    var found = ofType(type);
    if (found.size() != 1) {
      throw new AssertionError("%d of %s in %s".formatted(found.size(), type, names()));
    }
    return found.get(0);
  }

  public Asked the(String type, String name) {
    return ofType(type).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s %s in %s".formatted(type, name, names())));
  }

  private List<String> names() {
    return all.stream().map(one -> one.type() + " " + one.name()).toList();
  }

  @Override
  public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
    var state = new HashMap<String, Object>(args.inputs);
    state.put("arn", "arn:of:" + args.name);
    state.putIfAbsent("name", args.name);
    state.put("latestVersion", 7);
    if (args.type.equals("eks:index:Cluster")) {
      state.put("kubeconfigJson", "{\"users\":[]}");
      state.put("nodeSecurityGroupId", "sg-of-" + args.name);
      state.put("oidcIssuer", "oidc.example/id/1");
      state.put("oidcProviderArn", "arn:of:oidc");
    }
    return CompletableFuture.completedFuture(
        ResourceResult.of(Optional.of(args.name + "-id"), state));
  }

  /** What one registration asked of the engine. */
  public record Asked(
      String type,
      String name,
      String parent,
      List<String> dependencies,
      boolean protect,
      boolean remote,
      String version,
      Map<String, String> providers,
      Struct inputs) {
    /** The value at a path of keys and indices of lists; text, number, list or map. */
    public Object at(Object... path) {
      var found = Value.newBuilder().setStructValue(inputs).build();
      for (var step : path) {
        found =
            step instanceof Integer index
                ? found.getListValue().getValues(index)
                : found
                    .getStructValue()
                    .getFieldsOrDefault((String) step, Value.newBuilder().build());
      }
      return plain(found);
    }

    /** The JSON text at a path. */
    public JsonNode json(Object... path) {
      try {
        return JSON.readTree((String) at(path));
      } catch (JsonProcessingException e) {
        throw new AssertionError(e);
      }
    }

    private static Object plain(Value value) {
      return switch (value.getKindCase()) {
        case NUMBER_VALUE -> value.getNumberValue();
        case STRING_VALUE -> value.getStringValue();
        case BOOL_VALUE -> value.getBoolValue();
        case STRUCT_VALUE -> {
          var map = new HashMap<String, Object>();
          value.getStructValue().getFieldsMap().forEach((key, one) -> map.put(key, plain(one)));
          yield Map.copyOf(map);
        }
        case LIST_VALUE -> value.getListValue().getValuesList().stream().map(Asked::plain).toList();
        case NULL_VALUE, KIND_NOT_SET -> "absent";
      };
    }
  }

  private static String shortName(String urn) {
    var end = urn.lastIndexOf("::");
    return end < 0 ? urn : urn.substring(end + 2);
  }

  private final class Monitor extends MockMonitor {
    Monitor() {
      super(AwsRecorder.this, PulumiTestInternal.mockLog());
    }

    @Override
    public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
        Resource resource, RegisterResourceRequest request) {
      all.add(
          new Asked(
              request.getType(),
              request.getName(),
              shortName(request.getParent()),
              request.getDependenciesList().stream().map(AwsRecorder::shortName).toList(),
              request.getProtect(),
              request.getRemote(),
              request.getVersion(),
              Map.copyOf(request.getProvidersMap()),
              request.getObject()));
      return super.registerResourceAsync(resource, request);
    }
  }
}
