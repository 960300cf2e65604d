package dev.neonstack.components.aws.eks;

/** The processors of nodes. Images are built for one of both. */
public enum Architecture {
  X86_64("AL2023_x86_64_STANDARD"),
  ARM64("AL2023_ARM_64_STANDARD");

  private final String amiType;

  Architecture(String amiType) {
    this.amiType = amiType;
  }

  /** Amazon Linux 2023 for them, in EKS's words. */
  String amiType() {
    return amiType;
  }
}
