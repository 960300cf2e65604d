package dev.neonstack.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.deployment.internal.Runner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class TasksTest {
  private final Tasks tasks = new Tasks(new AtOnce());

  /** Runs the program in a thread of its own and knows of no other tasks. */
  private static final class AtOnce implements Runner {
    private static final class Done<T> extends Result<T> {
      Done(T value) {
        super(ProcessExitedSuccessfully, List.of(), Optional.of(value));
      }
    }

    @Override
    public <T> void registerTask(String description, CompletableFuture<T> task) {
      throw new AssertionError("the SDK would ask '" + description + "' over and over");
    }

    @Override
    public <T> CompletableFuture<Result<T>> runAsync(Supplier<T> program) {
      return CompletableFuture.supplyAsync(
          () -> new Done<>(program.get()), task -> new Thread(task).start());
    }
  }

  @Test
  void aProgramWithoutTasksEndsWithItsValue() {
    assertThat(tasks.runAsync(() -> "made").join().result()).contains("made");
  }

  @Test
  void itEndsAfterAllTasksAndThoseTheyBegin() {
    var first = new CompletableFuture<String>();
    var second = new CompletableFuture<String>();
    var done = new CompletableFuture<String>();
    tasks.registerTask("done before the program begins", CompletableFuture.completedFuture(1));
    var run =
        tasks.runAsync(
            () -> {
              tasks.registerTask(
                  "first", first.thenAccept(name -> tasks.registerTask(name, second)));
              done.complete("program");
              return "made";
            });

    done.join();
    assertThat(run).isNotDone();
    first.complete("second");
    assertThat(run).isNotDone();
    second.complete("");

    assertThat(run.join().result()).contains("made");
  }

  @Test
  void aTaskThatFailsEndsItAlthoughOthersNeverDo() {
    var run =
        tasks.runAsync(
            () -> {
              tasks.registerTask("never ends", new CompletableFuture<>());
              tasks.registerTask(
                  "fails", CompletableFuture.failedFuture(new IllegalStateException("refused")));
              return "made";
            });

    assertThatThrownBy(run::join)
        .isInstanceOf(CompletionException.class)
        .hasCause(new IllegalStateException("refused"));
  }

  @Test
  void aProgramThatFailsEndsItToo() {
    var run =
        tasks.runAsync(
            () -> {
              throw new IllegalArgumentException("no such target");
            });

    assertThatThrownBy(run::join).hasCause(new IllegalArgumentException("no such target"));
  }
}
