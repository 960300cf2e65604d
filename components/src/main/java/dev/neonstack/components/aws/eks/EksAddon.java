package dev.neonstack.components.aws.eks;

/** Software in the cluster that EKS installs and updates. */
public enum EksAddon {
  /** Gives pods addresses of the VPC, and enforces network policies. */
  VPC_CNI("vpc-cni"),
  KUBE_PROXY("kube-proxy"),
  COREDNS("coredns"),
  EBS_CSI("aws-ebs-csi-driver"),
  POD_IDENTITY_AGENT("eks-pod-identity-agent"),
  /** Makes volumes of the disks of nodes. Its installation wipes these disks. */
  INSTANCE_STORE_CSI("aws-ec2-local-instance-store-csi-driver");

  private final String addonName;

  EksAddon(String addonName) {
    this.addonName = addonName;
  }

  /** EKS's name of it. */
  public String addonName() {
    return addonName;
  }
}
