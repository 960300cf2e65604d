package dev.neonstack.components.aws;

/** The processors of nodes. Images are built for one of both. */
public enum Architecture {
  X86_64("AL2023_x86_64_STANDARD", "amd64"),
  ARM64("AL2023_ARM_64_STANDARD", "arm64");

  private final String amiType;
  private final String word;

  Architecture(String amiType, String word) {
    this.amiType = amiType;
    this.word = word;
  }

  /** Amazon Linux 2023 for them, in EKS's words. */
  public String amiType() {
    return amiType;
  }

  /** As container engines name them. */
  public String word() {
    return word;
  }

  /** What images are built for, in the words of container engines. */
  public String platform() {
    return "linux/" + word;
  }
}
