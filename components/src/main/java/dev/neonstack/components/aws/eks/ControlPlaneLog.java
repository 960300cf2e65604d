package dev.neonstack.components.aws.eks;

import java.util.EnumSet;
import java.util.Set;

/** What the control plane of EKS can write to CloudWatch. */
public enum ControlPlaneLog {
  API("api"),
  AUDIT("audit"),
  AUTHENTICATOR("authenticator"),
  CONTROLLER_MANAGER("controllerManager"),
  SCHEDULER("scheduler");

  /** All there are, which is the default. */
  public static final Set<ControlPlaneLog> ALL = Set.copyOf(EnumSet.allOf(ControlPlaneLog.class));

  private final String type;

  ControlPlaneLog(String type) {
    this.type = type;
  }

  /** EKS's word for it. */
  public String type() {
    return type;
  }
}
