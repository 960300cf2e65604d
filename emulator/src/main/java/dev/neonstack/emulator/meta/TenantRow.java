package dev.neonstack.emulator.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.neon.TenantId;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * All that is kept about one tenant besides its timelines.
 *
 * @param generation zero for a secondary location, which has none
 * @param warm for a secondary location: whether it wants the data
 */
@RecordBuilder
public record TenantRow(
    TenantId id, Mode mode, long generation, boolean warm, TenantConf conf, boolean deleting) {

  /** How the tenant is attached; the names are those of the API. */
  public enum Mode {
    ATTACHED_SINGLE("AttachedSingle"),
    ATTACHED_MULTI("AttachedMulti"),
    ATTACHED_STALE("AttachedStale"),
    SECONDARY("Secondary"),
    DETACHED("Detached");

    private final String wireName;

    Mode(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }

    public boolean attached() {
      return this != SECONDARY && this != DETACHED;
    }
  }

  public boolean attached() {
    return mode.attached() && !deleting;
  }

  TenantRow withConf(TenantConf changed) {
    return TenantRowBuilder.builder(this).conf(changed).build();
  }

  TenantRow detached() {
    return TenantRowBuilder.builder(this).mode(Mode.DETACHED).warm(false).build();
  }

  TenantRow beingDeleted() {
    return TenantRowBuilder.builder(this).deleting(true).build();
  }

  JsonNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("mode", mode.name()).put("generation", generation).put("warm", warm);
    node.set("conf", conf.overrides());
    if (deleting) {
      node.put("deleting", true);
    }
    return node;
  }

  static TenantRow fromJson(TenantId id, JsonNode node) {
    return new TenantRow(
        id,
        Mode.valueOf(node.get("mode").asText()),
        node.get("generation").asLong(),
        node.path("warm").asBoolean(),
        TenantConf.stored((ObjectNode) node.get("conf")),
        node.path("deleting").asBoolean());
  }
}
