package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.RoleEntry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a new branch holds, as Neon tells with the answer that made it. */
final class Contained {
  private Contained() {}

  static void add(
      ObjectNode json, BranchKey key, Contents contents, List<EndpointEntry> endpoints) {
    json.set("roles", Views.list(contents.roles(), role -> Views.roleWithPassword(key, role)));
    json.set(
        "databases", Views.list(contents.databases(), database -> Views.database(key, database)));
    var uris = json.putArray("connection_uris");
    for (var endpoint : endpoints) {
      for (var database : contents.databases()) {
        contents
            .role(database.owner())
            .ifPresent(role -> uris.add(details(endpoint, role, database.name())));
      }
    }
  }

  private static ObjectNode details(EndpointEntry endpoint, RoleEntry role, String database) {
    var json = Views.object().put("connection_uri", uri(endpoint, role, database));
    json.putObject("connection_parameters")
        .put("database", database)
        .put("password", role.password().orElse(""))
        .put("role", role.name())
        .put("host", Views.host(endpoint))
        .put("pooler_host", Views.host(endpoint));
    return json;
  }

  /**
   * A connection string, with the password in it where it is known: secret. A client asks for one
   * that is not there.
   */
  static String uri(EndpointEntry endpoint, RoleEntry role, String database) {
    return "postgresql://%s%s@%s:%d/%s"
        .formatted(
            encoded(role.name()),
            role.password().map(password -> ":" + encoded(password)).orElse(""),
            endpoint.host(),
            endpoint.port(),
            encoded(database));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
