package dev.neonstack.provider;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.rpc.Status;
import dev.neonstack.local.client.LocalProcessException;
import dev.neonstack.neon.controlplane.ControlPlaneException;
import dev.neonstack.neon.storage.StorageException;
import dev.neonstack.provider.resource.RefusedException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import pulumirpc.Provider.ErrorResourceInitFailed;

/** Failures as the engine and its user get them: a sentence, and what to do. */
final class Failures {
  private static final int UNKNOWN = 2;

  private Failures() {}

  static StatusRuntimeException of(Throwable failure) {
    DebugLog.write("call failed", failure);
    return io.grpc.Status.UNKNOWN.withDescription(message(failure)).asRuntimeException();
  }

  /** A resource that was begun; the engine keeps the id, and tries again. */
  static StatusRuntimeException unfinished(String id, String reason, Struct state, Struct inputs) {
    var detail =
        ErrorResourceInitFailed.newBuilder()
            .setId(id)
            .setProperties(state)
            .setInputs(inputs)
            .addReasons(reason)
            .build();
    var status =
        Status.newBuilder().setCode(UNKNOWN).setMessage(reason).addDetails(Any.pack(detail));
    return StatusProto.toStatusRuntimeException(status.build());
  }

  /** Whether something may have changed although the call failed. */
  static boolean mayHaveBeenDone(RuntimeException failure) {
    if (failure instanceof ControlPlaneException controlPlane) {
      return controlPlane.kind() == ControlPlaneException.Kind.UNKNOWN_OUTCOME
          || controlPlane.kind() == ControlPlaneException.Kind.FAILED;
    }
    return failure instanceof StorageException storage
        && (storage.kind() == StorageException.Kind.UNKNOWN_OUTCOME
            || storage.kind() == StorageException.Kind.FAILED);
  }

  static String message(Throwable failure) {
    if (failure instanceof RefusedException || failure instanceof LocalProcessException) {
      return failure.getMessage();
    }
    if (failure instanceof StorageException storage) {
      return storage.getMessage() + advice(storage);
    }
    if (failure instanceof ControlPlaneException controlPlane) {
      return controlPlane.getMessage() + advice(controlPlane);
    }
    return "the provider failed ("
        + failure.getClass().getSimpleName()
        + "); this is a fault of neonstack. Its trace is in "
        + DebugLog.file();
  }

  private static String advice(StorageException failure) {
    return switch (failure.kind()) {
      case RETRY, UNKNOWN_OUTCOME -> ". See that storage runs, then run the same command again";
      case UNAUTHORISED -> ". Set it with: pulumi config set --secret neonstack:storageToken";
      case GONE -> ". Check the project's id and neonstack:storageUrl";
      case CONFLICT, REFUSED, WRONG_ANSWER, FAILED -> "";
    };
  }

  private static String advice(ControlPlaneException failure) {
    return switch (failure.kind()) {
      case RETRY, UNKNOWN_OUTCOME ->
          ". See that the control plane runs, then run the same command again";
      case UNAUTHORISED ->
          ". Set the key with: pulumi config set --secret neonstack:controlPlaneToken";
      case CONFLICT, REFUSED, NOT_FOUND, FAILED -> "";
    };
  }
}
