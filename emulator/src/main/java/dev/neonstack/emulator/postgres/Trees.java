package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;

/** Whole directories: copied, made durable, put in place, measured and deleted. */
final class Trees {
  /** What a half-made or half-deleted directory is called, so that the next start removes it. */
  private static final String TEMPORARY = ".tmp-";

  private static final boolean MACOS = System.getProperty("os.name").startsWith("Mac");

  private Trees() {}

  /** A name beside the given one for a directory that is not complete yet. */
  static Path temporary(Path finished) {
    return finished.resolveSibling(TEMPORARY + finished.getFileName() + "-" + UUID.randomUUID());
  }

  static boolean isTemporary(Path path) {
    return path.getFileName().toString().startsWith(TEMPORARY);
  }

  /** Copies what is in a directory; blocks are shared where the file system can. */
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    var share = MACOS ? List.of("cp", "-Rpc") : List.of("cp", "-a", "--reflink=auto");
    var result = cp(share, from, to);
    if (!result.succeeded() && !DiskFull.isMeantBy(result.output())) {
      result = cp(List.of("cp", "-Rp"), from, to);
    }
    if (!result.succeeded()) {
      throw new IOException("cannot copy " + from + " to " + to + ": " + result.output());
    }
  }

  private static Commands.Result cp(List<String> command, Path from, Path to) {
    var whole = new java.util.ArrayList<>(command);
    whole.add(from + "/.");
    whole.add(to.toString());
    return Commands.run(whole);
  }

  /** Makes a directory and all in it survive a power cut. */
  static void sync(Path tree) throws IOException {
    if (!MACOS && Commands.run(List.of("sync", "-f", tree.toString())).succeeded()) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              force(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException problem)
              throws IOException {
            force(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Puts a finished directory in its place, durably. */
  static void publish(Path temporary, Path finished) throws IOException {
    Files.move(temporary, finished, StandardCopyOption.ATOMIC_MOVE);
    force(finished.getParent());
  }

  /** Deletes a directory, first taking it out of sight; one that is not there is no error. */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    var doomed = isTemporary(tree) ? tree : temporary(tree);
    if (!doomed.equals(tree)) {
      Files.move(tree, doomed, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.walkFileTree(
        doomed,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException problem)
              throws IOException {
            return ignoreGone(problem);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException problem)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The bytes of all files; those that vanish meanwhile do not count. */
  static long size(Path tree) {
    var sum = new long[1];
    try {
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem)
                throws IOException {
              return ignoreGone(problem);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum[0];
  }

  private static FileVisitResult ignoreGone(IOException problem) throws IOException {
    if (problem instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw problem;
  }

  /** Lists a directory; one that is not there is empty. */
  static List<Path> list(Path directory) {
    try (var entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
