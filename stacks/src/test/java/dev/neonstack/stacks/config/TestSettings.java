package dev.neonstack.stacks.config;

import dev.neonstack.stacks.config.reading.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Settings of stacks as Pulumi hands them on, at a fixed moment. */
final class TestSettings {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC);

  private TestSettings() {}

  static Settings of(String target, String projects) {
    return of(Map.of("target", target, "projects", projects));
  }

  static Settings of(Map<String, String> values) {
    return new Settings(
        key -> Optional.ofNullable(values.get(key)), values.keySet(), values.keySet());
  }

  static StackConfig read(String projects) {
    return StackConfig.read(of("local", projects), CLOCK);
  }
}
