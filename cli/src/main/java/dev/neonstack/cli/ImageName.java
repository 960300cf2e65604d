package dev.neonstack.cli;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image as people write it: {@code valkey/valkey:8-alpine}, with or without its digest.
 *
 * @param repository with its registry, where that is not Docker Hub
 * @param tag what the digest is asked for
 * @param digest {@code sha256:} and 64 hexadecimal digits
 */
record ImageName(String repository, String tag, Optional<String> digest) {

  /** How a digest is written. */
  static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /** Where a name without a registry is, as every container engine has it. */
  private static final String DOCKER_HUB = "registry-1.docker.io";

  private static final Pattern FORM =
      Pattern.compile(
          "([a-z0-9][a-z0-9._/:-]*?):([A-Za-z0-9_][A-Za-z0-9._-]*)(?:@(" + DIGEST + "))?");

  static ImageName parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not an image with a tag; expected repository:tag or repository:tag@sha256:…"
              .formatted(text));
    }
    return new ImageName(match.group(1), match.group(2), Optional.ofNullable(match.group(3)));
  }

  ImageName at(String newDigest) {
    return new ImageName(repository, tag, Optional.of(newDigest));
  }

  /** The registry. One on this machine speaks HTTP, any other HTTPS. */
  URI registry() {
    var host = hasRegistry() ? firstPart() : DOCKER_HUB;
    var isHere = host.matches("(localhost|127\\.0\\.0\\.1)(:\\d+)?");
    return URI.create((isHere ? "http://" : "https://") + host);
  }

  /** The repository as its registry knows it. */
  String path() {
    if (hasRegistry()) {
      return repository.substring(firstPart().length() + 1);
    }
    return repository.contains("/") ? repository : "library/" + repository;
  }

  private boolean hasRegistry() {
    return repository.contains("/") && firstPart().matches("localhost|.*[.:].*");
  }

  private String firstPart() {
    return repository.substring(0, repository.indexOf('/'));
  }

  /** The image without its digest. */
  String tagged() {
    return repository + ":" + tag;
  }

  @Override
  public String toString() {
    return tagged() + digest.map(known -> "@" + known).orElse("");
  }
}
