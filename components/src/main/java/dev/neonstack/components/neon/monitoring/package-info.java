/** What Prometheus scrapes and warns of, and what Grafana shows. */
package dev.neonstack.components.neon.monitoring;
