package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.provider.Engine.Resource;
import dev.neonstack.provider.resource.Handlers;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Fields;
import dev.neonstack.provider.value.Value.Items;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;

/**
 * What a change of each property of each resource does: written out, as a replacement is lost data.
 */
class DiffTableTest {
  private static final String ID1 = "00000000000000000000000000000001";
  private static final String ID2 = "00000000000000000000000000000002";
  private static final Engine ENGINE = new Engine();

  private static final Map<String, Props> OLDS =
      Map.of(
          "Project",
          props(Map.of("name", "demo", "pgVersion", 16, "historyRetention", "24h", "region", "eu")),
          "Branch",
          props(Map.of("project", ID1, "name", "dev", "parent", ID1, "parentLsn", "0/14D8AB0")),
          "Endpoint",
          props(Map.of("project", ID1, "branch", ID1, "name", "ep", "minCu", 1, "maxCu", 2)),
          "Role",
          props(Map.of("project", ID1, "branch", ID1, "name", "app", "password", "old")),
          "Database",
          props(Map.of("project", ID1, "branch", ID1, "name", "app", "owner", "app")),
          "Token",
          props(Map.of("privateKey", "old", "scope", "admin", "subject", "me")));

  /** One change of one property; a value of null leaves it out. */
  record Row(String type, String property, Object value, String effect) {}

  static Stream<Row> rows() {
    return Stream.of(storageRows(), serverRows(), tokenRows()).flatMap(rows -> rows);
  }

  private static Stream<Row> storageRows() {
    return Stream.of(
        new Row("Project", "name", "other", "UPDATE"),
        new Row("Project", "pgVersion", 17, "REPLACE"),
        new Row("Project", "pgVersion", null, "REPLACE"),
        new Row("Project", "historyRetention", "1d", "NONE"),
        new Row("Project", "historyRetention", "2d", "UPDATE"),
        new Row("Project", "region", "us", "UPDATE"),
        new Row("Project", "region", null, "UPDATE"),
        new Row("Branch", "project", ID2, "REPLACE"),
        new Row("Branch", "name", "other", "UPDATE"),
        new Row("Branch", "parent", ID2, "REPLACE"),
        new Row("Branch", "parentLsn", "0/14d8aad", "NONE"),
        new Row("Branch", "parentLsn", "0/14D8AB8", "REPLACE"),
        new Row("Branch", "parentLsn", null, "NONE"),
        new Row("Branch", "parentTimestamp", "2026-01-01T00:00:00Z", "REPLACE"),
        new Row("Branch", "pgVersion", 17, "NONE"),
        new Row("Branch", "pgVersion", 15, "REPLACE"),
        new Row("Branch", "protected", true, "UPDATE"),
        new Row("Branch", "protected", false, "NONE"),
        new Row("Branch", "expiresAt", "2030-01-01T00:00:00Z", "UPDATE"),
        new Row("Branch", "ttl", "7d", "UPDATE"),
        new Row("Branch", "archived", true, "UPDATE"),
        new Row("Branch", "archived", false, "NONE"));
  }

  private static Stream<Row> serverRows() {
    return Stream.of(
        new Row("Endpoint", "project", ID2, "REPLACE"),
        new Row("Endpoint", "branch", ID2, "REPLACE"),
        new Row("Endpoint", "name", "other", "UPDATE"),
        new Row("Endpoint", "type", "read_only", "REPLACE"),
        new Row("Endpoint", "type", "read_write", "NONE"),
        new Row("Endpoint", "minCu", 1.5, "UPDATE"),
        new Row("Endpoint", "minCu", null, "NONE"),
        new Row("Endpoint", "maxCu", 4, "UPDATE"),
        new Row("Endpoint", "suspendTimeout", 300, "UPDATE"),
        new Row("Endpoint", "suspendTimeout", 0, "NONE"),
        new Row("Endpoint", "pooler", true, "UPDATE"),
        new Row("Endpoint", "settings", Map.of("work_mem", "8MB"), "UPDATE"),
        new Row("Endpoint", "settings", Map.of(), "NONE"),
        new Row("Role", "project", ID2, "REPLACE"),
        new Row("Role", "branch", ID2, "REPLACE"),
        new Row("Role", "name", "other", "UPDATE"),
        new Row("Role", "renamedFrom", List.of("older"), "NONE"),
        new Row("Role", "password", "new", "UPDATE"),
        new Row("Role", "password", null, "NONE"),
        new Row("Database", "project", ID2, "REPLACE"),
        new Row("Database", "branch", ID2, "REPLACE"),
        new Row("Database", "name", "other", "UPDATE"),
        new Row("Database", "renamedFrom", List.of("older"), "NONE"),
        new Row("Database", "owner", "other", "UPDATE"));
  }

  private static Stream<Row> tokenRows() {
    return Stream.of(
        new Row("Token", "privateKey", "new", "UPDATE"),
        new Row("Token", "privateKey", "old", "NONE"),
        new Row("Token", "keyId", "k2", "UPDATE"),
        new Row("Token", "scope", "infra", "UPDATE"),
        new Row("Token", "tenantId", ID2, "UPDATE"),
        new Row("Token", "subject", null, "UPDATE"),
        new Row("Token", "expiresAt", "2030-01-01T00:00:00Z", "UPDATE"));
  }

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aChangeDoesWhatIsWritten(Row row) {
    var diff = diff(row);

    assertThat(diff.getChanges())
        .isEqualTo(row.effect().equals("NONE") ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
    assertThat(diff.getDiffsList())
        .isEqualTo(row.effect().equals("NONE") ? List.of() : List.of(row.property()));
    assertThat(diff.getReplacesList())
        .isEqualTo(row.effect().equals("REPLACE") ? List.of(row.property()) : List.of());
    assertThat(diff.getDetailedDiffMap().keySet()).isEqualTo(new HashSet<>(diff.getDiffsList()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anIgnoredChangeDoesNothing(Row row) {
    assertThat(diff(row, row.property()).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
  }

  private static DiffResponse diff(Row row, String... ignored) {
    var news = OLDS.get(row.type()).toBuilder();
    news.remove(row.property());
    if (row.value() != null) {
      news.put(row.property(), value(row.value()));
    }
    return ENGINE.diffUnchecked(old(row.type()), news.build(), ignored);
  }

  private static Resource old(String type) {
    var inputs = OLDS.get(type);
    var state = inputs.toBuilder();
    switch (type) {
      case "Project" -> state.put("tenantId", ID1);
      case "Branch" -> state.put("branchId", ID1).put("pgVersion", 17);
      case "Endpoint" -> state.put("endpointId", ID1).put("host", "127.0.0.1");
      case "Token" -> state.remove("privateKey").put("jwt", "a.b.c");
      default -> state.put("project", ID1);
    }
    var id =
        switch (type) {
          case "Project" -> ID1;
          case "Role", "Database" -> ID1 + "/" + ID1 + "/app";
          case "Token" -> "admin/it";
          default -> ID1 + "/" + ID1;
        };
    return new Resource(Engine.urn(type, "it"), id, inputs, state.build(), List.of());
  }

  @Test
  void everyPropertyHasARow() {
    var service = new Handlers();
    var written = rows().map(row -> row.type() + "." + row.property()).collect(Collectors.toSet());
    Set<String> all =
        service.resources().values().stream()
            .flatMap(
                handler ->
                    handler.table().names().stream().map(name -> handler.type() + "." + name))
            .collect(Collectors.toSet());
    assertThat(written).isEqualTo(all);
  }

  @Test
  void oneSettingOfManyCanBeIgnored() {
    var old = old("Endpoint");
    var had = old.inputs().toBuilder().put("settings", Map.of("a", "1", "b", "1")).build();
    var wants = old.inputs().toBuilder().put("settings", Map.of("a", "2", "b", "1")).build();
    var resource = new Resource(old.urn(), old.id(), had, had, List.of());

    assertThat(ENGINE.diff(resource, wants, "settings.b").getDiffsList())
        .containsExactly("settings");
    assertThat(ENGINE.diff(resource, wants, "settings[\"a\"]").getDiffsList()).isEmpty();
  }

  @Test
  void anUnknownParentIsAReplacement() {
    var wants = OLDS.get("Branch").toBuilder().put("parent", Value.Unknown.VALUE).build();
    assertThat(ENGINE.diff(old("Branch"), wants).getReplacesList()).containsExactly("parent");
  }

  private static Props props(Map<String, Object> values) {
    var props = Props.builder();
    values.forEach((name, value) -> props.put(name, value(value)));
    return props.build();
  }

  private static Value value(Object value) {
    if (value instanceof Number number) {
      return Value.of(number.doubleValue());
    }
    if (value instanceof Boolean bool) {
      return Value.of(bool);
    }
    if (value instanceof List<?> list) {
      return new Items(list.stream().map(DiffTableTest::value).toList());
    }
    if (value instanceof Map<?, ?> map) {
      return new Fields(
          map.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      entry -> (String) entry.getKey(), entry -> value(entry.getValue()))));
    }
    return Value.of((String) value);
  }
}
