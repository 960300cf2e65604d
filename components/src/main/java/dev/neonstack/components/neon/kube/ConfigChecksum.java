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
      Map<String, String> files, List<SecretEntry> secrets) {
    var parts = new ArrayList<String>();
    new TreeMap<>(files).forEach((name, content) -> parts.add(name + "=" + content));
    return Output.all(secrets.stream().map(SecretEntry::version).toList())
        .applyValue(
            versions -> {
              for (var index = 0; index < versions.size(); index++) {
                var entry = secrets.get(index);
                parts.add(entry.secret() + "/" + entry.key() + "=" + versions.get(index));
              }
              return Map.of(ANNOTATION, sha256(parts));
            });
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
