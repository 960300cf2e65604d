package dev.neonstack.controlplane.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/**
 * SQLite's own library, unpacked once to where it stays. The driver would unpack it at every start,
 * and a process that is killed would leave its copy behind.
 */
final class SqliteLibrary {
  private static final String FOLDER = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /** Lets the driver find the library in this folder, unless somebody has said where it is. */
  static synchronized void unpack(Path folder) throws IOException {
    if (System.getProperty(FOLDER) != null) {
      return;
    }
    var name = System.mapLibraryName("sqlitejdbc");
    // A folder of one machine: the library is that of its processor and system.
    var home = folder.resolve(driver());
    if (Files.notExists(home.resolve(name)) && !copy(name, home)) {
      return; // The driver says better than we could that there is none for this machine.
    }
    System.setProperty(FOLDER, home.toString());
  }

  private static boolean copy(String name, Path home) throws IOException {
    var resource = "/org/sqlite/native/%s/%s".formatted(place(), name);
    try (var library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (library == null) {
        return false;
      }
      var fresh = Files.createTempFile(Files.createDirectories(home), name, ".new");
      try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(library.readAllBytes()));
        channel.force(true);
      }
      Files.move(fresh, home.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
  }

  /** Its jar names the version; to ask the driver takes as long as all else. */
  private static String driver() {
    var jar = SQLiteJDBCLoader.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.substring(jar.lastIndexOf('/') + 1);
  }

  private static String place() {
    return OSInfo.getNativeLibFolderPathForCurrentOS();
  }
}
