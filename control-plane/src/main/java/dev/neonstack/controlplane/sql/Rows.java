package dev.neonstack.controlplane.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of one table: a key of one column or more, and a body in JSON.
 *
 * @param <K> what tells rows apart
 * @param <V> what a body is
 */
final class Rows<K, V> {
  private static final int FETCHED_AT_ONCE = 1_000;

  private final Function<K, List<String>> key;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final String select;
  private final String put;
  private final String delete;

  Rows(String table, List<String> columns, Function<K, List<String>> key, Class<V> type) {
    this.key = key;
    this.reader = ControlPlaneJson.mapper().readerFor(type);
    this.writer = ControlPlaneJson.mapper().writerFor(type);
    var names = String.join(", ", columns);
    this.select = "select body from " + table;
    this.put =
        "insert into %s (%s, body) values (%s?) on conflict (%s) do update set body = excluded.body"
            .formatted(table, names, "?, ".repeat(columns.size()), names);
    this.delete =
        "delete from %s where %s"
            .formatted(
                table,
                columns.stream().map(name -> name + " = ?").collect(Collectors.joining(" and ")));
  }

  /** All of them. */
  List<V> read(Connection connection) throws SQLException, JsonProcessingException {
    var found = new ArrayList<V>();
    try (var query = connection.prepareStatement(select)) {
      query.setFetchSize(FETCHED_AT_ONCE);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(reader.readValue(rows.getString(1)));
        }
      }
    }
    return Collections.unmodifiableList(found);
  }

  /** Writes those of the keys that are there, and deletes the others. */
  void write(Connection connection, Collection<K> keys, Map<K, V> there) throws SQLException {
    var gone = keys.stream().filter(one -> !there.containsKey(one)).toList();
    var kept = keys.stream().filter(there::containsKey).toList();
    if (!gone.isEmpty()) {
      try (var statement = connection.prepareStatement(delete)) {
        for (var one : gone) {
          keyed(statement, one);
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }
    if (!kept.isEmpty()) {
      try (var statement = connection.prepareStatement(put)) {
        for (var one : kept) {
          statement.setString(keyed(statement, one), body(there.get(one)));
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }
  }

  private int keyed(PreparedStatement statement, K one) throws SQLException {
    var at = 1;
    for (var part : key.apply(one)) {
      statement.setString(at, part);
      at++;
    }
    return at;
  }

  private String body(V value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is in the catalog cannot be written as JSON", e);
    }
  }
}
