package dev.neonstack.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;

/** What goes back to the caller. */
record Answer(int status, String contentType, String body) {
  static final String JSON = "application/json";

  static Answer ok(JsonNode body) {
    return of(200, body);
  }

  static Answer of(int status, JsonNode body) {
    return new Answer(status, JSON, body.toString());
  }

  /** A success that has nothing to say. */
  static Answer empty(int status) {
    return of(status, NullNode.getInstance());
  }

  static Answer error(int status, String message) {
    return of(status, JsonNodeFactory.instance.objectNode().put("msg", message));
  }
}
