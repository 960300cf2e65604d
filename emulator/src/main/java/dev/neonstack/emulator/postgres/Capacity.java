package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.SettingRules;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings by which a server lays out its memory for transactions and locks. A recovery that
 * has less of one than the server that wrote the WAL may not come to its end.
 *
 * @param values in the order of PostgreSQL's own records of them
 */
record Capacity(List<Integer> values) {
  private static final List<String> NAMES =
      List.of(
          "max_connections",
          "max_worker_processes",
          "max_wal_senders",
          "max_prepared_transactions",
          "max_locks_per_transaction");

  /** What a server has when nothing is said. */
  private static final List<Integer> DEFAULTS = List.of(100, 8, 10, 0, 64);

  static final int BYTES = NAMES.size() * Integer.BYTES;

  /** Nothing is needed. */
  static final Capacity NONE = new Capacity(List.of(0, 0, 0, 0, 0));

  static Capacity read(ByteBuffer bytes, int offset) {
    var values = new ArrayList<Integer>();
    for (var at = offset; at < offset + BYTES; at += Integer.BYTES) {
      values.add(bytes.getInt(at));
    }
    return new Capacity(List.copyOf(values));
  }

  void write(ByteBuffer bytes, int offset) {
    for (var i = 0; i < values.size(); i++) {
      bytes.putInt(offset + i * Integer.BYTES, values.get(i));
    }
  }

  /** The larger of both, one by one. */
  Capacity and(Capacity other) {
    var larger = new ArrayList<Integer>();
    for (var i = 0; i < values.size(); i++) {
      larger.add(Math.max(values.get(i), other.values().get(i)));
    }
    return new Capacity(List.copyOf(larger));
  }

  /** The settings with these values where they ask for less; names in PostgreSQL's own case. */
  Map<String, String> raise(Map<String, String> asked) {
    var raised = new TreeMap<String, String>();
    asked.forEach((name, value) -> raised.put(SettingRules.folded(name), value));
    for (var i = 0; i < values.size(); i++) {
      var name = NAMES.get(i);
      var wanted = raised.containsKey(name) ? number(raised.get(name)) : DEFAULTS.get(i);
      if (wanted < values.get(i)) {
        raised.put(name, values.get(i).toString());
      }
    }
    return raised;
  }

  /** PostgreSQL takes whole numbers in several notations and rounds others. */
  private static double number(String text) {
    try {
      return Long.decode(text.strip());
    } catch (NumberFormatException noWhole) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException none) {
        return 0;
      }
    }
  }
}
