package dev.neonstack.components.aws.registry;

/** A kind of processor that images are made for. */
public enum Architecture {
  AMD64("amd64"),
  ARM64("arm64");

  private final String word;

  Architecture(String word) {
    this.word = word;
  }

  /** As container engines name it. */
  public String word() {
    return word;
  }

  String platform() {
    return "linux/" + word;
  }
}
