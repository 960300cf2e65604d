package dev.neonstack.it.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.UUID;

/** Names that a plugin makes up where the program gives none: its own name for it and a suffix. */
public final class Autonames {
  /** Where the plugins note which inputs they have filled in. */
  private static final String DEFAULTS = "__defaults";

  private static final int SUFFIX = 7;

  private Autonames() {}

  /** Fills in a name, the one of before if that was made up too. */
  public static void complete(Subject subject, ObjectNode olds, ObjectNode news, String property) {
    if (news.hasNonNull(property) || news.hasNonNull(property + "Prefix")) {
      return;
    }
    var kept = madeUp(olds, property);
    news.putArray(DEFAULTS).add(property);
    if (kept) {
      news.set(property, olds.path(property));
      return;
    }
    var suffix = UUID.randomUUID().toString().substring(0, SUFFIX);
    var name = subject.name() + "-" + suffix;
    news.put(property, property.equals("bucket") ? name.toLowerCase(Locale.ROOT) : name);
  }

  /** Whether the name was made up. */
  public static boolean madeUp(ObjectNode inputs, String property) {
    return inputs.path(DEFAULTS).toString().contains('"' + property + '"');
  }

  /** The inputs without the note of what was made up. */
  public static ObjectNode without(ObjectNode inputs) {
    var copy = inputs.deepCopy();
    copy.remove(DEFAULTS);
    return copy;
  }
}
