package dev.neonstack.components.neon.monitoring;

/**
 * One graph of a dashboard.
 *
 * @param title what it shows
 * @param unit a unit of Grafana, such as {@code bytes}, {@code s}, {@code ops} or {@code short}
 * @param expression PromQL; {@code $namespace} is the one that is looked at
 * @param legend what tells its lines apart, such as {@code {{pod}}}
 */
record Panel(String title, String unit, String expression, String legend) {}
