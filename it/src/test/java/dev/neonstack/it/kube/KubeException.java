package dev.neonstack.it.kube;

/** The API server refused. */
public final class KubeException extends RuntimeException {
  private static final int NOT_FOUND = 404;

  private final int status;

  KubeException(int status, String message) {
    super(message);
    this.status = status;
  }

  public boolean isNotFound() {
    return status == NOT_FOUND;
  }
}
