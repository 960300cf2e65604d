package dev.neonstack.controlplane.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.problem.Problem;
import java.util.Optional;

/** Knows what each compute is to be. */
public interface SpecSource {

  /**
   * What a compute that starts is told, as {@link SpecDocument} makes it; empty when nobody started
   * one of that id, or another has taken its place.
   *
   * @throws Problem of kind {@code UNAVAILABLE} when that cannot be told now; the compute asks
   *     twice more within half a second, and then ends
   */
  Optional<ObjectNode> answer(String computeId);
}
