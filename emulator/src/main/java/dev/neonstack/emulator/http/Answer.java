package dev.neonstack.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What goes back to the caller. */
final class Answer {
  private static final String JSON = "application/json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final int status;
  private final String contentType;
  private final byte[] body;

  private Answer(int status, String contentType, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
  }

  static Answer text(String contentType, String body) {
    return new Answer(200, contentType, body.getBytes(UTF_8));
  }

  static Answer ok(JsonNode body) {
    return of(200, body);
  }

  static Answer of(int status, JsonNode body) {
    return written(status, json -> json.writeTree(body));
  }

  /** What writes the JSON of a body. */
  interface Writer {
    void write(JsonGenerator json) throws IOException;
  }

  /** An answer that may be long: it is written without a tree of it being made. */
  static Answer written(int status, Writer writer) {
    var bytes = new ByteArrayOutputStream();
    try (var json = MAPPER.createGenerator(bytes)) {
      writer.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(status, JSON, bytes.toByteArray());
  }

  /** A success that has nothing to say. */
  static Answer empty(int status) {
    return of(status, NullNode.getInstance());
  }

  static Answer error(int status, String message) {
    return of(status, message(message));
  }

  static JsonNode message(String message) {
    return JsonNodeFactory.instance.objectNode().put("msg", message);
  }

  int status() {
    return status;
  }

  /** Sends it. */
  void sendTo(Context context) {
    context.status(status).contentType(contentType).result(body);
  }
}
