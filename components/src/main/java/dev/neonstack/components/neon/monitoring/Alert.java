package dev.neonstack.components.neon.monitoring;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One rule of Prometheus.
 *
 * @param name in CamelCase; also the section of the runbook
 * @param expression PromQL
 * @param lasting how long it has to hold, such as {@code 5m}
 * @param severity whether somebody has to get up
 * @param summary what is wrong, with what it does to users
 */
record Alert(String name, String expression, String lasting, Severity severity, String summary) {
  /** What an alert asks for. */
  enum Severity {
    /** Users are cut off, or data is at risk: act now. */
    CRITICAL("critical"),
    /** It becomes critical when nobody acts within the day. */
    WARNING("warning");

    private final String word;

    Severity(String word) {
      this.word = word;
    }
  }

  Map<String, Object> rule(String runbooks) {
    var rule = new LinkedHashMap<String, Object>();
    rule.put("alert", name);
    rule.put("expr", expression);
    rule.put("for", lasting);
    rule.put("labels", Map.of("severity", severity.word));
    rule.put(
        "annotations",
        Map.of("summary", summary, "runbook_url", runbooks + "#" + name.toLowerCase(Locale.ROOT)));
    return rule;
  }
}
