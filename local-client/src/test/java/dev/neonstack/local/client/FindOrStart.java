package dev.neonstack.local.client;

/** Another process that needs the local process: prints where it found it. */
final class FindOrStart {

  private FindOrStart() {}

  public static void main(String[] args) {
    System.out.println(LocalProcess.ofEnvironment(System.getenv()).findOrStart().controlPlaneUrl());
  }
}
