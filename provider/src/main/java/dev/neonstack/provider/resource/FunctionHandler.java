package dev.neonstack.provider.resource;

import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
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

  /** The answer of a preview that does not know its arguments, or whose services are not up. */
  default Props unseen() {
    var unknown = Props.builder();
    results().forEach(name -> unknown.put(name, Value.Unknown.VALUE));
    return unknown.build();
  }

  /** Answers checked arguments. */
  Props call(Call call, Props arguments);
}
