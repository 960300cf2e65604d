package dev.neonstack.components.neon.kube;

/** The ports Neon's servers listen on. */
public final class Ports {
  public static final int STORAGE_BROKER = 50051;
  public static final int STORAGE_CONTROLLER = 50051;
  public static final int PAGESERVER_PAGES = 6400;
  public static final int PAGESERVER_HTTP = 9898;
  public static final int SAFEKEEPER_WAL = 5454;
  public static final int SAFEKEEPER_HTTP = 7676;
  public static final int PROXY = 4432;
  public static final int PROXY_HTTP = 7001;
  public static final int VALKEY = 6379;

  /** Where the control plane answers the other servers. */
  public static final int CONTROL_PLANE = 8080;

  /** Where the control plane answers clients. */
  public static final int CONTROL_PLANE_API = 9899;

  /** Where the control plane answers computes. */
  public static final int CONTROL_PLANE_COMPUTES = 8081;

  public static final int COMPUTE_POSTGRES = 55433;
  public static final int COMPUTE_HTTP = 3080;
  public static final int POSTGRES = 5432;

  private Ports() {}
}
