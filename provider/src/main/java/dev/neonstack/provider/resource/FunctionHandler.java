package dev.neonstack.provider.resource;

import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import java.util.Set;

/** One function of the schema: it reads and changes nothing. */
public interface FunctionHandler {

  /** Its name in the schema, such as {@code getBranch}. */
  String name();

  /** Its arguments. */
  PropertyTable table();

  /** The names of its results. */
  Set<String> results();

  /** Results that are always secret. */
  default Set<String> secrets() {
    return Set.of();
  }

  /** Answers checked arguments. */
  Props call(Call call, Props arguments);
}
