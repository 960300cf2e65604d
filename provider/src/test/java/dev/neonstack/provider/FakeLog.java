package dev.neonstack.provider;

import com.google.protobuf.Empty;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import pulumirpc.EngineGrpc;
import pulumirpc.EngineOuterClass.LogRequest;

/** The part of an engine that shows the user what a provider tells. */
final class FakeLog extends EngineGrpc.EngineImplBase implements AutoCloseable {
  private final List<LogRequest> told = new CopyOnWriteArrayList<>();
  private final Server server;

  FakeLog() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** What stays to be read, each with its severity. */
  List<String> told() {
    return told.stream()
        .filter(request -> !request.getEphemeral())
        .map(request -> request.getSeverity() + " " + request.getMessage())
        .toList();
  }

  void forget() {
    told.clear();
  }

  @Override
  public void log(LogRequest request, StreamObserver<Empty> observer) {
    told.add(request);
    observer.onNext(Empty.getDefaultInstance());
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
