package dev.neonstack.it.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a stand-in does with resources, apart from the engine's protocol. */
public interface Resources {
  /**
   * The inputs, completed.
   *
   * @param olds what was asked before; empty for a new resource
   * @param problems where everything goes that is wrong with the inputs
   */
  ObjectNode check(Subject subject, ObjectNode olds, ObjectNode news, Problems problems);

  /** What cannot be changed. */
  Fixed fixed(Subject subject, ObjectNode inputs);

  /** The inputs whose change matters. */
  default ObjectNode compared(ObjectNode inputs) {
    return inputs;
  }

  /** What will come of inputs, as far as it is known before the thing is made. */
  ObjectNode foreseen(Subject subject, ObjectNode inputs);

  /** Makes it. */
  Existing create(Subject subject, ObjectNode inputs);

  /** What comes of an update, which in a preview is not done. */
  ObjectNode update(Existing existing, Subject subject, ObjectNode inputs, boolean preview);

  /** The thing, if it is there. */
  Optional<Existing> read(Subject subject, String id);

  /** Unmakes it. */
  void delete(Subject subject, String id);
}
