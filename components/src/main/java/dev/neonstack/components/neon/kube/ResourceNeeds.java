package dev.neonstack.components.neon.kube;

import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a container is given. Memory is a limit as well, so that one container never takes
 * another's.
 *
 * @param cpu as Kubernetes writes it, such as {@code 2} or {@code 500m}
 * @param memory as Kubernetes writes it, such as {@code 4Gi}
 * @param guaranteed whether the processors are a limit as well, which makes the pod the last to be
 *     evicted and lets a static CPU manager give it whole cores
 */
public record ResourceNeeds(String cpu, String memory, boolean guaranteed) {
  /** How processors are written. */
  public static final String CPU = "processors such as 2 or 500m";

  /** How memory is written. */
  public static final String MEMORY = "memory such as 512Mi or 4Gi";

  private static final Pattern CPU_FORM = Pattern.compile("[1-9][0-9]*m?");
  private static final Pattern MEMORY_FORM = Pattern.compile("[1-9][0-9]*(Mi|Gi)");

  public ResourceNeeds {
    if (!isCpu(cpu)) {
      throw new IllegalArgumentException("cpu is '%s'; expected %s".formatted(cpu, CPU));
    }
    if (!isMemory(memory)) {
      throw new IllegalArgumentException("memory is '%s'; expected %s".formatted(memory, MEMORY));
    }
  }

  /** Shares the processors of the node beyond what is asked for. */
  public static ResourceNeeds burstable(String cpu, String memory) {
    return new ResourceNeeds(cpu, memory, false);
  }

  public static boolean isCpu(String text) {
    return CPU_FORM.matcher(text).matches();
  }

  public static boolean isMemory(String text) {
    return MEMORY_FORM.matcher(text).matches();
  }

  /** The memory in MiB. */
  public long memoryMiB() {
    var number = Long.parseLong(memory.substring(0, memory.length() - 2));
    return memory.endsWith("Gi") ? number * 1024 : number;
  }

  ResourceRequirementsArgs args() {
    var all = Map.of("cpu", cpu, "memory", memory);
    return ResourceRequirementsArgs.builder()
        .requests(all)
        .limits(guaranteed ? all : Map.of("memory", memory))
        .build();
  }
}
