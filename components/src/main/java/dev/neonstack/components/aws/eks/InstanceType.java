package dev.neonstack.components.aws.eks;

import dev.neonstack.components.aws.Architecture;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A type of machine. What its name says is believed; whether a region has it, AWS knows.
 *
 * @param family such as {@code i} of {@code i4i.4xlarge}
 * @param generation such as 4
 * @param options such as {@code i}: processor and extras
 * @param size such as {@code 4xlarge}
 */
public record InstanceType(String family, int generation, String options, String size) {
  /** How a type is written. */
  public static final String EXPECTED = "family, generation and size such as i4i.4xlarge";

  private static final Pattern FORM =
      Pattern.compile(
          "([a-z]{1,3})([1-9][0-9]?)([a-z]*(?:-flex)?)"
              + "\\.(nano|micro|small|medium|large|(?:[1-9][0-9]{0,2})?xlarge|metal(?:-[1-9][0-9]?xl)?)");

  private static final Set<String> FAMILIES_WITH_DISKS = Set.of("i", "im", "is");

  /** Of the families with disks, those that AWS's guide to the instance-store driver leaves out. */
  private static final Set<String> WITHOUT_CSI =
      Set.of(
          "c5ad", "c5d", "c6gd", "g4ad", "g4dn", "i2", "i3", "i3en", "m5ad", "m5d", "m5dn", "m6gd",
          "p3dn", "p4d", "p4de", "r5ad", "r5d", "r5dn", "r6gd", "x2gd", "z1d");

  /** Reads a type as AWS writes it. */
  public static InstanceType parse(String text) {
    var found = FORM.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not an instance type; expected %s".formatted(text, EXPECTED));
    }
    return new InstanceType(
        found.group(1), Integer.parseInt(found.group(2)), found.group(3), found.group(4));
  }

  public static boolean isInstanceType(String text) {
    return FORM.matcher(text).matches();
  }

  /** Graviton, AWS's own processor, is a g right after the generation. */
  public Architecture architecture() {
    return options.startsWith("g") ? Architecture.ARM64 : Architecture.X86_64;
  }

  /** Whether it has NVMe disks of its own. */
  public boolean hasLocalDisks() {
    return FAMILIES_WITH_DISKS.contains(family) || options.contains("d");
  }

  /** Whether the instance-store CSI driver knows them. */
  public boolean isKnownToInstanceStoreCsi() {
    return hasLocalDisks() && !WITHOUT_CSI.contains(family + generation + options);
  }

  @Override
  public String toString() {
    return family + generation + options + "." + size;
  }
}
