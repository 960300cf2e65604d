package dev.neonstack.stacks.config.corp;

import dev.neonstack.components.ceph.CephObjectStore;
import dev.neonstack.components.ceph.CephObjectStore.Claim;
import dev.neonstack.components.ceph.CephObjectStore.Source;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.storage.ObjectStore.Credentials;
import dev.neonstack.stacks.config.neon.SecretReader;
import dev.neonstack.stacks.config.reading.Section;
import java.util.List;
import java.util.Optional;

/** Reads the bucket of Ceph. */
final class BucketReader {
  static final List<String> KEYS =
      List.of(
          "endpoint",
          "region",
          "bucket",
          "pageserverPrefix",
          "safekeeperPrefix",
          "credentials",
          "claim",
          "ca");

  private static final Source NONE =
      new Source(
          Optional.of(
              new Credentials(
                  SecretEntry.existing("none", "none"), SecretEntry.existing("none", "none"))),
          Optional.empty());
  private static final String ENDPOINT = "a URL such as https://rgw.example:7480";

  private final boolean production;

  BucketReader(boolean production) {
    this.production = production;
  }

  CorpConfig.Bucket read(Section section) {
    var pageservers = section.text("pageserverPrefix").orElse("pageserver");
    var safekeepers = section.text("safekeeperPrefix").orElse("safekeeper");
    if (pageservers.equals(safekeepers)) {
      section
          .problems()
          .wrong(
              section.path("safekeeperPrefix"),
              safekeepers,
              "another prefix than pageserverPrefix",
              "Rename one of them.");
    }
    return new CorpConfig.Bucket(
        endpoint(section),
        section.text("region").orElse(CephObjectStore.DEFAULT_REGION),
        section.required("bucket", "the name of a bucket", "none"),
        pageservers,
        safekeepers,
        source(section),
        SecretReader.read(section, "ca", "ca.crt"));
  }

  private static String endpoint(Section section) {
    var endpoint = section.required("endpoint", ENDPOINT, "http://none");
    if (!endpoint.matches("https?://[^/]+/?")) {
      section.problems().wrong(section.path("endpoint"), endpoint, ENDPOINT, "Write it so.");
    }
    return endpoint;
  }

  private Source source(Section section) {
    if (section.has("credentials") == section.has("claim")) {
      section
          .problems()
          .add(
              "%s has %s; expected exactly one of credentials and claim. Give credentials for a bucket that is there, or claim for Rook to make one."
                  .formatted(section.path(), section.has("claim") ? "both" : "neither of the two"));
      return NONE;
    }
    return section
        .section("credentials", List.of("secret", "accessKey", "secretKey"))
        .map(BucketReader::existing)
        .or(() -> section.section("claim", List.of("storageClass", "maxSizeGiB")).map(this::claim))
        .orElse(NONE);
  }

  private static Source existing(Section section) {
    var secret = section.required("secret", "the name of a Secret in the namespace", "none");
    return new Source(
        Optional.of(
            new Credentials(
                SecretEntry.existing(secret, section.text("accessKey").orElse("AWS_ACCESS_KEY_ID")),
                SecretEntry.existing(
                    secret, section.text("secretKey").orElse("AWS_SECRET_ACCESS_KEY")))),
        Optional.empty());
  }

  private Source claim(Section section) {
    var size =
        section.has("maxSizeGiB")
            ? Optional.of(section.count("maxSizeGiB", 1, 1_000_000_000, 1))
            : Optional.<Integer>empty();
    return new Source(
        Optional.empty(),
        Optional.of(
            new Claim(
                section.required("storageClass", "Rook's StorageClass for buckets", "none"),
                size,
                production)));
  }
}
