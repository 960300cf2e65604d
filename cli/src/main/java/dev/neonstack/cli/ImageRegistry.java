package dev.neonstack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.neon.http.HttpClients;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks container registries, by the distribution API of the OCI, what a tag means. */
final class ImageRegistry {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The index of an image for several kinds of processors comes first. */
  private static final String KINDS =
      String.join(
          ", ",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  private static final Pattern CHALLENGE = Pattern.compile("(realm|service|scope)=\"([^\"]*)\"");

  private final HttpClient client = HttpClients.create(PATIENCE, Optional.empty());
  private final ObjectMapper json = new ObjectMapper();

  /**
   * The digest of what the image's tag means now.
   *
   * @throws IOException with one sentence, when the registry does not tell
   */
  String digest(ImageName image) throws IOException {
    var head = ask(image, "HEAD");
    var named = head.headers().firstValue("Docker-Content-Digest");
    var digest = named.isPresent() ? named.get() : checksum(ask(image, "GET").body());
    if (!ImageName.DIGEST.matcher(digest).matches()) {
      throw new IOException(
          "the registry answers '%s' for %s; expected sha256: and 64 digits"
              .formatted(digest, image.tagged()));
    }
    return digest;
  }

  private HttpResponse<byte[]> ask(ImageName image, String method) throws IOException {
    var url = image.registry().resolve("/v2/%s/manifests/%s".formatted(image.path(), image.tag()));
    var request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Accept", KINDS)
            .method(method, HttpRequest.BodyPublishers.noBody());
    var answer = send(request.build());
    if (answer.statusCode() == 401) {
      answer = send(request.header("Authorization", "Bearer " + token(image, answer)).build());
    }
    return checked(image, answer);
  }

  private static HttpResponse<byte[]> checked(ImageName image, HttpResponse<byte[]> answer)
      throws IOException {
    var status = answer.statusCode();
    if (status == 200) {
      return answer;
    }
    throw new IOException(
        switch (status) {
          case 401, 403 -> "the registry lets nobody without an account see " + image.tagged();
          case 404 -> "the registry has no " + image.tagged();
          case 429 -> "the registry was asked too often; ask again in some hours";
          default -> "the registry answers " + status + " for " + image.tagged();
        });
  }

  /** A token for reading, which registries give to everybody who asks where they say. */
  private String token(ImageName image, HttpResponse<byte[]> refusal) throws IOException {
    var challenge = refusal.headers().firstValue("WWW-Authenticate").orElse("");
    var said =
        CHALLENGE
            .matcher(challenge)
            .results()
            .collect(Collectors.toMap(one -> one.group(1), one -> one.group(2), (a, b) -> a));
    var realm = said.getOrDefault("realm", "");
    var needed = image.registry().getScheme() + "://";
    if (!challenge.startsWith("Bearer ") || !realm.startsWith(needed)) {
      throw new IOException(
          "the registry asks for '%s' to see %s; expected a Bearer token from %s…"
              .formatted(challenge, image.tagged(), needed));
    }
    var query =
        Stream.of("service", "scope")
            .filter(said::containsKey)
            .map(name -> name + "=" + URLEncoder.encode(said.get(name), UTF_8))
            .collect(Collectors.joining("&"));
    var request = HttpRequest.newBuilder(URI.create(realm + "?" + query)).timeout(PATIENCE).build();
    var body = json.readTree(checked(image, send(request)).body());
    return body.path("token").asText(body.path("access_token").asText());
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      throw new IOException(
          request.uri().getHost()
              + " cannot be reached ("
              + Optional.ofNullable(e.getMessage()).orElseGet(() -> e.getClass().getSimpleName())
              + ")",
          e);
    }
  }

  private static String checksum(byte[] manifest) {
    try {
      var sum = MessageDigest.getInstance("SHA-256").digest(manifest);
      return "sha256:" + HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }
}
