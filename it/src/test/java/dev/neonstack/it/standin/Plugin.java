package dev.neonstack.it.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Empty;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;
import pulumirpc.Plugin.PluginAttach;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.InvokeResponse;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.Provider.ProviderHandshakeResponse;
import pulumirpc.ResourceProviderGrpc;

/** What every stand-in says to the engine, whatever its resources are. */
public abstract class Plugin extends ResourceProviderGrpc.ResourceProviderImplBase {
  /** The version of a plugin must not be below that of the SDK which asks for it. */
  private static final String VERSION = "999.0.0";

  /** Takes the provider's configuration. */
  protected abstract void configure(ObjectNode config);

  /** What is wrong with a provider's configuration, all of it known. */
  protected void checkConfig(ObjectNode config, Problems problems) {}

  /** Answers a function; none is known unless a stand-in knows it. */
  protected ObjectNode call(String function, ObjectNode arguments) {
    throw new IllegalArgumentException("the stand-in has no function " + function);
  }

  @Override
  public void handshake(
      ProviderHandshakeRequest request, StreamObserver<ProviderHandshakeResponse> observer) {
    answer(
        observer,
        () ->
            ProviderHandshakeResponse.newBuilder()
                .setAcceptSecrets(true)
                .setAcceptResources(true)
                .build());
  }

  @Override
  public void attach(PluginAttach request, StreamObserver<Empty> observer) {
    answer(observer, Empty::getDefaultInstance);
  }

  @Override
  public void getPluginInfo(Empty request, StreamObserver<PluginInfo> observer) {
    answer(observer, () -> PluginInfo.newBuilder().setVersion(VERSION).build());
  }

  @Override
  public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> observer) {
    answer(
        observer,
        () -> {
          var problems = new Problems();
          checkConfig(Wire.json(request.getNews()), problems);
          return CheckResponse.newBuilder()
              .setInputs(request.getNews())
              .addAllFailures(problems.failures())
              .build();
        });
  }

  @Override
  public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> observer) {
    answer(
        observer,
        () ->
            Changes.between(Wire.json(request.getOldInputs()), Wire.json(request.getNews()))
                .response(new Fixed(List.of(), List.of())));
  }

  @Override
  public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> observer) {
    answer(
        observer,
        () -> {
          configure(Wire.json(request.getArgs()));
          return ConfigureResponse.newBuilder()
              .setAcceptSecrets(true)
              .setAcceptResources(true)
              .setSupportsPreview(true)
              .build();
        });
  }

  @Override
  public void invoke(InvokeRequest request, StreamObserver<InvokeResponse> observer) {
    answer(
        observer,
        () -> {
          var result = call(request.getTok(), Wire.json(request.getArgs()));
          return InvokeResponse.newBuilder().setReturn(Wire.struct(result)).build();
        });
  }

  @Override
  public void cancel(Empty request, StreamObserver<Empty> observer) {
    answer(observer, Empty::getDefaultInstance);
  }

  /** The observer is completed on every path. */
  protected static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    try {
      var result = work.get();
      observer.onNext(result);
      observer.onCompleted();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    } catch (RuntimeException e) {
      observer.onError(Status.UNKNOWN.withDescription(said(e)).asRuntimeException());
    }
  }

  /**
   * An exception without a message is a fault of the stand-in; its class says more than nothing.
   */
  private static String said(RuntimeException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
