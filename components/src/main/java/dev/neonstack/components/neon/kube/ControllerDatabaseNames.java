package dev.neonstack.components.neon.kube;

/** What the operator of the storage controller's Postgres names its objects. */
public final class ControllerDatabaseNames {
  /** The cluster of Postgres servers; its pods carry the name as a label. */
  public static final String CLUSTER = "storage-controller-db";

  /** The Secret with the connection of the owner of the database. */
  public static final String SECRET = CLUSTER + "-app";

  /** The entry of the Secret with the connection as a URL. */
  public static final String URL_KEY = "uri";

  /** The Secret with the certificate authority of the servers. */
  public static final String CA_SECRET = CLUSTER + "-ca";

  /** The entry of that Secret with the certificate. */
  public static final String CA_KEY = "ca.crt";

  private ControllerDatabaseNames() {}
}
