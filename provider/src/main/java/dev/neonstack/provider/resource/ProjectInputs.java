package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.provider.table.Formats;
import dev.neonstack.provider.value.Props;
import java.time.Duration;
import java.util.Optional;

/** What a project is made from; the schema says what each field means. */
record ProjectInputs(
    String name,
    int pgVersion,
    Duration historyRetention,
    Optional<String> region,
    TenantId tenantId) {

  static final String TENANT_ID = "tenantId";
  static final int DEFAULT_PG_VERSION = 17;
  static final String DEFAULT_RETENTION = "7d";

  static ProjectInputs of(Props props) {
    var retention = props.text("historyRetention").orElse(DEFAULT_RETENTION);
    return new ProjectInputs(
        props.requireText("name"),
        props.integer("pgVersion").orElse(DEFAULT_PG_VERSION),
        Formats.duration(retention).orElseThrow(),
        props.text("region"),
        TenantId.of(props.requireText(TENANT_ID)));
  }

  Props props() {
    return Props.builder()
        .put("name", name)
        .put("pgVersion", pgVersion)
        .put("historyRetention", Formats.duration(historyRetention))
        .put("region", region)
        .put(TENANT_ID, tenantId.value())
        .build();
  }

  ProjectInputs withId(TenantId id) {
    return new ProjectInputs(name, pgVersion, historyRetention, region, id);
  }
}
