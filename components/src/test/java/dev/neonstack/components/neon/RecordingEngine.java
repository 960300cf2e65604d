package dev.neonstack.components.neon;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import pulumirpc.AliasOuterClass.Alias;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;

/** An engine that remembers what is registered and makes up what a provider would answer. */
final class RecordingEngine implements Mocks {
  private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  private static final int FIRST_PORT = 55432;

  private final boolean preview;
  private final List<Registered> registered = new CopyOnWriteArrayList<>();

  private RecordingEngine(boolean preview) {
    this.preview = preview;
  }

  static RecordingEngine up() {
    return new RecordingEngine(false);
  }

  /** In a preview nothing is made, so nothing a provider answers is known. */
  static RecordingEngine preview() {
    return new RecordingEngine(true);
  }

  TestResult run(Consumer<Context> program) {
    return PulumiTestInternal.builder()
        .options(TestOptions.builder().preview(preview).build())
        .mocks(this)
        .monitorDecorator(Monitor::new)
        .build()
        .runTest(program);
  }

  List<Registered> registered() {
    return List.copyOf(registered);
  }

  Registered the(String type, String name) {
    return registered.stream()
        .filter(resource -> resource.type().equals(type) && resource.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " " + name + " in " + registered));
  }

  @Override
  public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
    var state = new HashMap<String, Object>(args.inputs);
    switch (args.type) {
      case "neonstack:index:Project" -> state.put("tenantId", made("tenant of " + args.name));
      case "neonstack:index:Branch" -> state.put("branchId", made("id of " + args.name));
      case "neonstack:index:Role" -> state.putIfAbsent("password", made("p@ss of " + args.name));
      case "neonstack:index:Endpoint" -> {
        state.put("endpointId", made("ep of " + args.name));
        state.put("host", made("127.0.0.1"));
        state.put("port", preview ? UNKNOWN : FIRST_PORT);
      }
      default -> {}
    }
    var id = preview ? Optional.<String>empty() : Optional.of(args.name);
    return CompletableFuture.completedFuture(ResourceResult.of(id, state));
  }

  private String made(String value) {
    return preview ? UNKNOWN : value;
  }

  /** What one registration asked of the engine. */
  record Registered(
      String type,
      String name,
      String parent,
      List<String> dependencies,
      boolean protect,
      boolean retained,
      List<String> aliases,
      Struct inputs) {
    private static final String SIGNATURE = "4dabf18193072939515e22adb298388d";

    String text(String key) {
      return inputs.getFieldsOrThrow(key).getStringValue();
    }

    List<String> textList(String key) {
      return inputs.getFieldsOrThrow(key).getListValue().getValuesList().stream()
          .map(Value::getStringValue)
          .toList();
    }

    boolean isSecret(String key) {
      return inputs.getFieldsOrThrow(key).getStructValue().containsFields(SIGNATURE);
    }

    Map<String, String> texts(String key) {
      var texts = new HashMap<String, String>();
      inputs
          .getFieldsOrThrow(key)
          .getStructValue()
          .getFieldsMap()
          .forEach((name, value) -> texts.put(name, value.getStringValue()));
      return texts;
    }
  }

  /** Keeps the request, of which the mocks of the SDK see only a part. */
  private final class Monitor extends MockMonitor {
    Monitor(MockMonitor replaced) {
      super(RecordingEngine.this, PulumiTestInternal.mockLog());
    }

    @Override
    public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
        Resource resource, RegisterResourceRequest request) {
      registered.add(
          new Registered(
              request.getType(),
              request.getName(),
              request.getParent(),
              List.copyOf(request.getDependenciesList()),
              request.getProtect(),
              request.getRetainOnDelete(),
              request.getAliasesList().stream()
                  .map(Alias::getSpec)
                  .map(alias -> described(alias, request.getName()))
                  .toList(),
              request.getObject()));
      return super.registerResourceAsync(resource, request);
    }

    /** An alias that says no name has that of the resource. */
    private static String described(Alias.Spec alias, String own) {
      var name = alias.getName().isEmpty() ? own : alias.getName();
      return (alias.getNoParent() ? "alone " : "") + name;
    }
  }
}
