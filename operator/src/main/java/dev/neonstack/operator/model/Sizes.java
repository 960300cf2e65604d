package dev.neonstack.operator.model;

import dev.neonstack.controlplane.spec.ComputeSize;
import dev.neonstack.operator.api.NeonComputeSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts in the words of Kubernetes. */
public final class Sizes {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private Sizes() {}

  /** The size of a compute. */
  public static ComputeSize of(NeonComputeSpec spec) {
    var cpu = Quantity.getAmountInBytes(spec.resources().cpu()).multiply(THOUSAND);
    var memory = Quantity.getAmountInBytes(spec.resources().memory());
    return new ComputeSize(
        cpu.setScale(0, RoundingMode.CEILING).longValueExact(),
        memory.setScale(0, RoundingMode.FLOOR).longValueExact());
  }

  /** For people. */
  public static String shown(NeonComputeSpec spec) {
    return "%s CPU, %s".formatted(spec.resources().cpu(), spec.resources().memory());
  }

  static Quantity mib(long amount) {
    return new Quantity(Long.toString(amount), "Mi");
  }
}
