package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The certificate with which all servers of a data folder answer clients that want TLS: made once,
 * signed by itself, for 127.0.0.1 and localhost.
 *
 * @param directory holds {@code certificate.pem} and {@code key.pem} once they are made
 */
record ServerCertificate(Path directory) {
  private static final String CERTIFICATE = "certificate.pem";
  private static final String KEY = "key.pem";
  private static final String ALIAS = "server";

  /** Guards a store that lives for the blink of an eye in a folder only its owner enters. */
  private static final String STORE_PASSWORD = "temporary";

  private static final List<String> KEYTOOL =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
          "-genkeypair",
          "-alias",
          ALIAS,
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-sigalg",
          "SHA256withECDSA",
          "-dname",
          "CN=localhost",
          "-ext",
          "san=dns:localhost,ip:127.0.0.1",
          "-startdate",
          "-1d",
          "-validity",
          "3650",
          "-storetype",
          "PKCS12",
          "-storepass",
          STORE_PASSWORD);

  /** Puts certificate and key where a server on this data directory looks for them. */
  void putInto(Path data, ServerUser user) throws IOException {
    ensure();
    var key = data.resolve("server.key");
    Files.copy(
        directory.resolve(CERTIFICATE),
        data.resolve("server.crt"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(key);
    write(key, Files.readString(directory.resolve(KEY)));
    user.own(data.resolve("server.crt"));
    user.own(key);
  }

  private void ensure() throws IOException {
    synchronized (ServerCertificate.class) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        make();
      }
    }
  }

  private void make() throws IOException {
    var temporary = Trees.temporary(directory);
    try {
      Files.createDirectory(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var store = temporary.resolve("store");
      var command = new ArrayList<>(KEYTOOL);
      command.addAll(List.of("-keystore", store.toString()));
      var result = Commands.run(command);
      if (!result.succeeded()) {
        throw new IOException("keytool makes no certificate: " + result.output());
      }
      export(store, temporary);
      Files.delete(store);
      Trees.sync(temporary);
      Trees.publish(temporary, directory);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate of the servers cannot be read", e);
    } finally {
      Trees.delete(temporary);
    }
  }

  private static void export(Path file, Path directory)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (var input = Files.newInputStream(file)) {
      store.load(input, STORE_PASSWORD.toCharArray());
    }
    write(
        directory.resolve(CERTIFICATE),
        pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
    write(
        directory.resolve(KEY),
        pem("PRIVATE KEY", store.getKey(ALIAS, STORE_PASSWORD.toCharArray()).getEncoded()));
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), kind);
  }

  private static void write(Path file, String text) throws IOException {
    try (var channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
