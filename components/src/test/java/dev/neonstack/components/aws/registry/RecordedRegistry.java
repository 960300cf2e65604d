package dev.neonstack.components.aws.registry;

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
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;

/** An engine with an account at AWS and a container engine that pushes whatever it is told. */
final class RecordedRegistry implements Mocks {
  static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
  static final String DIGEST = "@sha256:" + "0a".repeat(32);

  private final List<ResourceArgs> all = new CopyOnWriteArrayList<>();
  private final Map<String, RegisterResourceRequest> requests = new ConcurrentHashMap<>();
  private Optional<String> pushed = Optional.empty();

  TestResult run(Consumer<Context> program) {
    return PulumiTestInternal.builder()
        .options(TestOptions.builder().build())
        .mocks(this)
        .monitorDecorator(Monitor::new)
        .build()
        .runTest(program);
  }

  /** What every push is answered with from now on. */
  void answersPushesWith(String digest) {
    pushed = Optional.of(digest);
  }

  Map<String, Object> inputs(String type, String name) {
    return ofType(type).stream()
        .filter(one -> one.name.equals(name))
        .map(one -> one.inputs)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " " + name));
  }

  List<ResourceArgs> ofType(String type) {
    return all.stream().filter(one -> one.type.equals(type)).toList();
  }

  /** What the SDK sent for a resource, with marks of secrets and options. */
  RegisterResourceRequest request(String name) {
    return requests.get(name);
  }

  @Override
  public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
    all.add(args);
    var state = new HashMap<String, Object>(args.inputs);
    switch (args.type) {
      case "aws:ecr/repository:Repository" -> {
        state.put("repositoryUrl", HOST + "/" + args.inputs.get("name"));
        state.put("arn", "arn:aws:ecr:eu-central-1:123456789012:repository/" + args.name);
      }
      case "aws:kms/key:Key" -> state.put("arn", "arn:aws:kms:made");
      case "docker:index/image:Image" -> {
        var name = String.valueOf(args.inputs.get("imageName"));
        state.put("repoDigest", pushed.orElse(name.substring(0, name.lastIndexOf(':')) + DIGEST));
      }
      default -> {}
    }
    return CompletableFuture.completedFuture(
        ResourceResult.of(Optional.ofNullable(args.name), state));
  }

  @Override
  public CompletableFuture<Map<String, Object>> callAsync(CallArgs args) {
    return CompletableFuture.completedFuture(
        Map.of(
            "id", "eu-central-1",
            "authorizationToken", "x",
            "expiresAt", "x",
            "proxyEndpoint", "https://" + HOST,
            "userName", "AWS",
            "password", "token-of-twelve-hours"));
  }

  /** Keeps what the mocks of the SDK do not hand on. */
  private final class Monitor extends MockMonitor {
    Monitor(MockMonitor replaced) {
      super(RecordedRegistry.this, PulumiTestInternal.mockLog());
    }

    @Override
    public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
        Resource resource, RegisterResourceRequest request) {
      requests.put(request.getName(), request);
      return super.registerResourceAsync(resource, request);
    }
  }
}
