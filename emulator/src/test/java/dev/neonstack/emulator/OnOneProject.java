package dev.neonstack.emulator;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test that begins with an emulator which has one tenant with one root. */
abstract class OnOneProject {
  @TempDir Path folder;
  EmulatorHarness emulator;
  TenantId tenant;
  TimelineId main;

  /** How the emulator runs, when not as usual. */
  EmulatorConfig configured(EmulatorConfig usual) {
    return usual;
  }

  /** The tenant's settings as JSON. */
  String settings() {
    return "{}";
  }

  @BeforeEach
  void start() {
    emulator = new EmulatorHarness(folder, this::configured);
    tenant = emulator.attach(settings());
    main = emulator.root(tenant);
  }

  @AfterEach
  void stop() {
    emulator.close();
  }
}
