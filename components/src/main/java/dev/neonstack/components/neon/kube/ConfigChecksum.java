package dev.neonstack.components.neon.kube;

import com.pulumi.core.Output;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A checksum of what a pod reads at its start and Kubernetes does not restart it for: files of
 * ConfigMaps and entries of Secrets. As an annotation of the pod it restarts the pod when, and only
 * when, one of them changes.
 */
public final class ConfigChecksum {
  /** The annotation of a pod that holds the checksum. */
  public static final String ANNOTATION = "neonstack.dev/config-checksum";

  private ConfigChecksum() {}

  /** The annotation for these files and entries. */
  public static Output<Map<String, String>> annotation(
      Output<Map<String, String>> files, List<SecretEntry> secrets) {
    var versions = Output.all(secrets.stream().map(SecretEntry::version).toList());
    return Output.tuple(files, versions)
        .applyValue(both -> Map.of(ANNOTATION, sha256(parts(both.t1, secrets, both.t2))));
  }

  private static List<String> parts(
      Map<String, String> files, List<SecretEntry> secrets, List<String> versions) {
    var parts = new ArrayList<String>();
    new TreeMap<>(files).forEach((name, content) -> parts.add(name + "=" + content));
    for (var index = 0; index < secrets.size(); index++) {
      var entry = secrets.get(index);
      parts.add(entry.secret() + "/" + entry.key() + "=" + versions.get(index));
    }
    return parts;
  }

  /** SHA-256 of the parts, in hexadecimal digits. */
  public static String sha256(List<String> parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
