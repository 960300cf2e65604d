package dev.neonstack.controlplane.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.controlplane.spec.PrimaryCompute.Data;
import dev.neonstack.controlplane.spec.PrimaryCompute.Database;
import dev.neonstack.controlplane.spec.PrimaryCompute.Names;
import dev.neonstack.controlplane.spec.PrimaryCompute.Role;
import dev.neonstack.controlplane.spec.PrimaryCompute.Tuning;
import dev.neonstack.neon.Placement;
import dev.neonstack.neon.Placement.Shard;
import dev.neonstack.neon.SafekeeperSet;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The compute of the golden file, and keys that everybody knows. */
final class Example {
  static final TenantId TENANT = TenantId.of("de200bd42b49cc1814412c7e592dd6e9");
  static final TimelineId TIMELINE = TimelineId.of("b3b845107e58ea5e3c0a67ef3fe24da2");
  static final ComputeSize SIZE = new ComputeSize(2000, 4L << 30);
  static final Instant NOW = Instant.parse("2026-11-28T04:00:00Z");
  static final Placement PLACEMENT =
      new Placement(0, 2048, List.of(new Shard(2, "pageserver-1.pageserver.neon.svc", 6400)));
  static final SafekeeperSet SAFEKEEPERS =
      new SafekeeperSet(
          1,
          List.of(
              "safekeeper-0.safekeeper.neon.svc:5454",
              "safekeeper-1.safekeeper.neon.svc:5454",
              "safekeeper-2.safekeeper.neon.svc:5454"));

  /** The key of RFC 8032, test 1. */
  private static final String PRIVATE =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
      """;

  private static final String PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
      -----END PUBLIC KEY-----
      """;

  private Example() {}

  static ComputeKeys keys() {
    return new ComputeKeys(PRIVATE, PUBLIC, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static PrimaryCompute primary() {
    return new PrimaryCompute(
        UUID.fromString("3f2c1d7e-0000-4000-8000-000000000012"),
        new Names("quiet-moon-12345678", "br-old-sun-12345678", "ep-quiet-river-12345678"),
        new Data(TENANT, TIMELINE, true, PLACEMENT, SAFEKEEPERS),
        List.of(new Role("app", "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy")),
        List.of(new Database("app", "app")),
        new Tuning(SIZE, 300, false, OptionalLong.of(10_240), true, Map.of("work_mem", "16MB")),
        Optional.of(URI.create("http://control-plane.neon:9898/ddl")));
  }

  static PrimaryCompute with(Data data) {
    var p = primary();
    return new PrimaryCompute(
        p.operation(), p.names(), data, p.roles(), p.databases(), p.tuning(), p.report());
  }

  static PrimaryCompute with(Tuning tuning) {
    var p = primary();
    return new PrimaryCompute(
        p.operation(), p.names(), p.data(), p.roles(), p.databases(), tuning, p.report());
  }

  static JsonNode claims(String token) {
    try {
      return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
