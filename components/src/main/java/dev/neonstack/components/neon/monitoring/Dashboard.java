package dev.neonstack.components.neon.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A page of Grafana.
 *
 * @param id the same in every cluster, so that links to it hold
 * @param title how Grafana lists it
 * @param panels in reading order, two in a row
 */
record Dashboard(String id, String title, List<Panel> panels) {
  private static final int HEIGHT = 8;
  private static final int WIDTH = 12;
  private static final int SCHEMA = 39;
  private static final Map<String, String> SOURCE =
      Map.of("type", "prometheus", "uid", "${datasource}");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** As Grafana imports it; its first variable is the data source, its second the namespace. */
  String json(String namespace) {
    var graphs = new ArrayList<Map<String, Object>>();
    for (var index = 0; index < panels.size(); index++) {
      graphs.add(graph(index, panels.get(index)));
    }
    try {
      return JSON.writeValueAsString(
          Map.of(
              "uid",
              id,
              "title",
              title,
              "tags",
              List.of("neon"),
              "schemaVersion",
              SCHEMA,
              "time",
              Map.of("from", "now-3h", "to", "now"),
              "refresh",
              "30s",
              "templating",
              Map.of("list", List.of(dataSources(), namespaces(namespace))),
              "panels",
              graphs));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("dashboard " + id, e);
    }
  }

  private static Map<String, Object> dataSources() {
    return Map.of("name", "datasource", "type", "datasource", "query", "prometheus");
  }

  private static Map<String, Object> namespaces(String namespace) {
    return Map.of(
        "name",
        "namespace",
        "type",
        "query",
        "datasource",
        SOURCE,
        "query",
        "label_values(up{job=~\".+/pageserver\"}, namespace)",
        "current",
        Map.of("text", namespace, "value", namespace));
  }

  private static Map<String, Object> graph(int index, Panel panel) {
    return Map.of(
        "id",
        index + 1,
        "type",
        "timeseries",
        "title",
        panel.title(),
        "datasource",
        SOURCE,
        "gridPos",
        Map.of("h", HEIGHT, "w", WIDTH, "x", index % 2 * WIDTH, "y", index / 2 * HEIGHT),
        "fieldConfig",
        Map.of("defaults", Map.of("unit", panel.unit()), "overrides", List.of()),
        "targets",
        List.of(
            Map.of(
                "refId",
                "A",
                "datasource",
                SOURCE,
                "expr",
                panel.expression(),
                "legendFormat",
                panel.legend())));
  }
}
