package dev.neonstack.components.aws.eks;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Versions of add-ons that are to be exactly these. What is absent has the version that EKS thinks
 * best for the cluster's.
 *
 * @param pinned such as {@code v1.20.4-eksbuild.2}
 */
public record AddonVersions(Map<EksAddon, String> pinned) {
  /** How a version is written. */
  public static final String EXPECTED = "a version such as v1.20.4-eksbuild.2";

  /** None is pinned. */
  public static final AddonVersions NONE = new AddonVersions(Map.of());

  private static final Pattern FORM =
      Pattern.compile("v[0-9]+\\.[0-9]+\\.[0-9]+-eksbuild\\.[0-9]+");

  public AddonVersions {
    pinned = Map.copyOf(pinned);
    pinned.forEach(
        (addon, version) -> {
          if (!isVersion(version)) {
            throw new IllegalArgumentException(
                "version of %s is '%s'; expected %s"
                    .formatted(addon.addonName(), version, EXPECTED));
          }
        });
  }

  public static boolean isVersion(String text) {
    return FORM.matcher(text).matches();
  }

  Optional<String> of(EksAddon addon) {
    return Optional.ofNullable(pinned.get(addon));
  }
}
