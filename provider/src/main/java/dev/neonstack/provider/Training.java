package dev.neonstack.provider;

import com.google.protobuf.Empty;
import dev.neonstack.provider.value.Props;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Optional;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/**
 * Makes the calls of a usual run against nothing, so that an archive of their classes can be made.
 */
final class Training {
  private static final String ID = "0123456789abcdef0123456789abcdef";

  private Training() {}

  static void run(int port) {
    var channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    var provider = ResourceProviderGrpc.newBlockingStub(channel);
    provider.handshake(ProviderHandshakeRequest.getDefaultInstance());
    provider.getPluginInfo(Empty.getDefaultInstance());
    provider.getSchema(GetSchemaRequest.getDefaultInstance());
    var settings = Props.builder().put("storageUrl", "http://127.0.0.1:1");
    settings.put("controlPlaneUrl", "http://127.0.0.1:1");
    var config = Structs.struct(settings.build());
    provider.checkConfig(CheckRequest.newBuilder().setNews(config).build());
    provider.configure(ConfigureRequest.newBuilder().setArgs(config).build());
    branch(provider);
    token(provider);
    channel.shutdownNow();
  }

  private static void branch(ResourceProviderBlockingStub provider) {
    var create =
        checked(provider, "Branch", Props.builder().put("project", ID).put("name", "train"));
    provider.create(create.toBuilder().setPreview(true).build());
    failing(provider, create.toBuilder().setTimeout(millis(300)).build())
        .ifPresent(answer -> System.err.println("something answers at port 1: " + answer));
  }

  private static void token(ResourceProviderBlockingStub provider) {
    var key = provider.create(checked(provider, "SigningKey", Props.builder()));
    var privateKey = Structs.props(key.getProperties()).requireText("privateKey");
    provider.create(
        checked(
            provider,
            "Token",
            Props.builder().put("privateKey", privateKey).put("scope", "admin")));
  }

  /** Checks inputs and compares them with themselves. */
  private static CreateRequest checked(
      ResourceProviderBlockingStub provider, String type, Props.Builder inputs) {
    var urn = "urn:pulumi:train::train::neonstack:index:" + type + "::train";
    var news = Structs.struct(inputs.build());
    var check = CheckRequest.newBuilder().setUrn(urn).setNews(news);
    var checked = provider.check(check.build()).getInputs();
    var diff = DiffRequest.newBuilder().setUrn(urn).setId(ID + "/" + ID);
    provider.diff(diff.setOlds(checked).setOldInputs(checked).setNews(checked).build());
    return CreateRequest.newBuilder().setUrn(urn).setProperties(checked).build();
  }

  private static double millis(long millis) {
    return Duration.ofMillis(millis).toMillis() / 1000.0;
  }

  private static Optional<String> failing(
      ResourceProviderBlockingStub provider, CreateRequest create) {
    try {
      return Optional.of(provider.create(create).getId());
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }
}
