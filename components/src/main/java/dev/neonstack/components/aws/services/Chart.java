package dev.neonstack.components.aws.services;

/**
 * A Helm chart at a version.
 *
 * @param repository URL of the repository; {@code oci://} for one in a registry
 */
record Chart(String name, String repository, String version) {
  private static final String OCI = "oci://";

  boolean inRegistry() {
    return repository.startsWith(OCI);
  }

  /** The chart as Helm is asked for it. */
  String reference() {
    return inRegistry() ? "%s/%s".formatted(repository, name) : name;
  }
}
