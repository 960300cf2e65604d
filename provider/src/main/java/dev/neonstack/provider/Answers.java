package dev.neonstack.provider;

import dev.neonstack.provider.resource.Cancellation;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/**
 * Answers calls of the engine: every call gets an answer or a failure, whatever a handler throws.
 */
final class Answers {
  private final Cancellation cancellation;

  Answers(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /** Answers with what the work gives; a cancel ends the work. */
  <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    T answer;
    try {
      answer = cancellation.run(work);
    } catch (StatusRuntimeException e) {
      observer.onError(e);
      return;
    } catch (Operations.PartialException e) {
      DebugLog.write("resource is not complete", e);
      var begun = e.result();
      observer.onError(
          Failures.unfinished(
              begun.id(),
              e.getMessage(),
              Structs.struct(begun.state()),
              Structs.struct(begun.inputs())));
      return;
    } catch (RuntimeException | Error e) {
      observer.onError(Failures.of(e));
      return;
    }
    now(observer, answer);
  }

  static <T> void now(StreamObserver<T> observer, T answer) {
    observer.onNext(answer);
    observer.onCompleted();
  }
}
