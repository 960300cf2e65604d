package dev.neonstack.it.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.regex.Pattern;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.PropertyDiff;

/** What differs between two sets of inputs, by path, and whether the thing has to be made anew. */
public final class Changes {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, PropertyDiff.Kind> kinds = new LinkedHashMap<>();

  private Changes() {}

  /** Compares them; a secret differs when what is in it does. */
  public static Changes between(JsonNode olds, JsonNode news) {
    var changes = new Changes();
    changes.compare("", Wire.revealed(olds), Wire.revealed(news));
    return changes;
  }

  private void compare(String path, JsonNode before, JsonNode after) {
    var old = absent(before) ? MissingNode.getInstance() : before;
    var now = absent(after) ? MissingNode.getInstance() : after;
    if (Wire.isSecret(old) || Wire.isSecret(now)) {
      compare(path, Wire.revealed(old), Wire.revealed(now));
    } else if (old.isObject() && now.isObject()) {
      compareFields(path, old, now);
    } else if (old.isArray() && now.isArray()) {
      for (var i = 0; i < Math.max(old.size(), now.size()); i++) {
        compare(path + "[" + i + "]", old.path(i), now.path(i));
      }
    } else if (!old.equals(now)) {
      kinds.put(path, kind(old, now));
    }
  }

  private void compareFields(String path, JsonNode old, JsonNode now) {
    var names = new LinkedHashSet<String>();
    old.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    for (var name : names) {
      compare(step(path, name), old.path(name), now.path(name));
    }
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static PropertyDiff.Kind kind(JsonNode old, JsonNode now) {
    if (old.isMissingNode()) {
      return PropertyDiff.Kind.ADD;
    }
    return now.isMissingNode() ? PropertyDiff.Kind.DELETE : PropertyDiff.Kind.UPDATE;
  }

  private static String step(String path, String name) {
    if (!PLAIN_NAME.matcher(name).matches()) {
      return path + "[\"" + name + "\"]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  /** What the engine is told of them. */
  public DiffResponse response(Fixed fixed) {
    var response = DiffResponse.newBuilder().setHasDetailedDiff(true);
    response.setChanges(kinds.isEmpty() ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
    for (var change : kinds.entrySet()) {
      var path = change.getKey();
      var replaces = fixed.holds(path);
      var kind = replaces ? replacing(change.getValue()) : change.getValue();
      var top = path.split("[.\\[]", 2)[0];
      response.addDiffs(top);
      if (replaces) {
        response.addReplaces(top);
      }
      response.putDetailedDiff(
          path, PropertyDiff.newBuilder().setKind(kind).setInputDiff(true).build());
    }
    response.setDeleteBeforeReplace(
        response.getReplacesCount() > 0 && fixed.isSameIdentity(kinds.keySet()));
    return response.build();
  }

  private static PropertyDiff.Kind replacing(PropertyDiff.Kind kind) {
    return switch (kind) {
      case ADD -> PropertyDiff.Kind.ADD_REPLACE;
      case DELETE -> PropertyDiff.Kind.DELETE_REPLACE;
      default -> PropertyDiff.Kind.UPDATE_REPLACE;
    };
  }
}
