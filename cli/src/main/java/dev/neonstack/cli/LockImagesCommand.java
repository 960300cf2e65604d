package dev.neonstack.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Asks registries for the digests of {@code images/lock.yaml} and writes them there. What a
 * registry does not tell stays as it was, and the command ends with 1.
 */
@Command(name = "lock-images", description = "Ask registries for the digests in images/lock.yaml.")
public final class LockImagesCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Entries; none: all of them.")
  private List<String> names = List.of();

  LockImagesCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    var file = file();
    var lock = LockedImages.read(file);
    for (var name : names) {
      if (!lock.images().containsKey(name)) {
        throw new IllegalArgumentException(
            "%s has no '%s'; there are: %s"
                .formatted(file, name, String.join(", ", lock.images().keySet())));
      }
    }
    var table = new TextTable("NAME", "IMAGE", "DIGEST", "");
    var complete = true;
    for (var name : names.isEmpty() ? List.copyOf(lock.images().keySet()) : names) {
      complete &= lock(lock, name, table);
    }
    lock.write(file, LocalDate.now(ZoneOffset.UTC));
    surroundings.out().print(table);
    return complete ? 0 : 1;
  }

  private static boolean lock(LockedImages lock, String name, TextTable table) {
    var image = lock.images().get(name);
    try {
      var digest = new ImageRegistry().digest(image);
      var isSame = image.digest().filter(digest::equals).isPresent();
      lock.images().put(name, image.at(digest));
      table.add(name, image.tagged(), digest, isSame ? "as before" : "new");
      return true;
    } catch (IOException e) {
      table.add(
          name, image.tagged(), image.digest().orElse("none"), "NOT ASKED: " + e.getMessage());
      return false;
    }
  }

  private Path file() {
    return surroundings
        .paths()
        .home()
        .orElseThrow(
            () ->
                new IllegalStateException("NEONSTACK_HOME is not set; use ./neonstack lock-images"))
        .resolve("images/lock.yaml");
  }
}
