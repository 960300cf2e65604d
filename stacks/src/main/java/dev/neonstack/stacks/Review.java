package dev.neonstack.stacks;

import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import dev.neonstack.review.Declared;
import dev.neonstack.review.cost.Estimate;
import dev.neonstack.review.cost.PriceTable;
import dev.neonstack.review.cost.Usage;
import dev.neonstack.review.policy.Policies;
import dev.neonstack.review.policy.Profile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Judges what a program has declared, in every preview and update of it. */
public final class Review {
  private Review() {}

  /**
   * Fails the program with all violations at once, and answers what the stack costs, to be
   * exported. To be called when everything is declared.
   */
  public static Output<Map<String, Object>> check(
      Recorder recorder, Profile profile, PriceTable prices, Usage usage) {
    var declared = recorder.declared();
    // An exported output that failed would be reported with the traces of the SDK, so that the
    // failure has one of its own, which the SDK reports because it waits for every output.
    var unused = declared.applyValue(all -> refuseViolations(all, profile));
    return declared.applyValue(all -> Estimate.of(all, prices, usage).summary());
  }

  private static boolean refuseViolations(List<Declared> declared, Profile profile) {
    var violations = Policies.check(declared, profile);
    if (!violations.isEmpty()) {
      throw new RunException(
          "%d violation%s of the rules for this stack; change what is declared, or write an exemption with its reason into neonstack:policy%n%s"
              .formatted(
                  violations.size(),
                  violations.size() == 1 ? "" : "s",
                  violations.stream()
                      .map(violation -> "  - " + violation)
                      .collect(Collectors.joining(System.lineSeparator()))));
    }
    return true;
  }
}
