package dev.neonstack.provider;

import dev.neonstack.provider.resource.Progress;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;
import pulumirpc.EngineGrpc;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.LogSeverity;

/** The log the engine shows to the user. Without an engine, or when it has gone, nobody listens. */
final class EngineLog {
  private static final int PATIENCE_SECONDS = 2;

  private String address = "";
  private ManagedChannel channel;

  /** The engine says where it is: by an argument, a handshake or an attach. */
  synchronized void attach(String engineAddress) {
    if (!engineAddress.isEmpty() && !engineAddress.equals(address)) {
      close();
      address = engineAddress;
    }
  }

  /** Where to tell what goes on with one resource. */
  Progress of(String urn) {
    return new Progress() {
      @Override
      public void status(String message) {
        log(LogSeverity.INFO, urn, message, true);
      }

      @Override
      public void note(String message) {
        log(LogSeverity.INFO, urn, message, false);
      }

      @Override
      public void warn(String message) {
        log(LogSeverity.WARNING, urn, message, false);
      }
    };
  }

  private void log(LogSeverity severity, String urn, String message, boolean passing) {
    var request =
        LogRequest.newBuilder()
            .setSeverity(severity)
            .setUrn(urn)
            .setMessage(message)
            .setEphemeral(passing)
            .build();
    try {
      var open = channel();
      if (open != null) {
        EngineGrpc.newBlockingStub(open)
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .log(request);
      }
    } catch (StatusRuntimeException e) {
      DebugLog.write("cannot log to the engine", e);
    }
  }

  private synchronized ManagedChannel channel() {
    if (channel == null && !address.isEmpty()) {
      channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    }
    return channel;
  }

  synchronized void close() {
    if (channel != null) {
      channel.shutdownNow();
      channel = null;
    }
  }
}
