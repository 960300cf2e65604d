package dev.neonstack.emulator.http;

import dev.neonstack.emulator.EmulatorConfig;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.meta.Archival;
import dev.neonstack.emulator.meta.Collector;
import dev.neonstack.emulator.meta.Creation;
import dev.neonstack.emulator.meta.Detachment;
import dev.neonstack.emulator.meta.History;
import dev.neonstack.emulator.meta.Perils;
import dev.neonstack.emulator.meta.Registry;
import dev.neonstack.emulator.meta.Removal;
import dev.neonstack.emulator.meta.Tenancy;

/** Puts the resources of the API together. */
public final class Api {
  private final Registry registry;
  private final TimelineData data;
  private final EmulatorConfig config;

  public Api(Registry registry, TimelineData data, EmulatorConfig config) {
    this.registry = registry;
    this.data = data;
    this.config = config;
  }

  /** A server that does not listen yet. */
  public ApiServer server(
      Tenancy tenancy,
      Creation creation,
      Removal removal,
      Archival archival,
      Collector collector,
      Perils perils) {
    var router = new Router();
    var metrics = new Metrics(perils);
    var rules = new TimelineResource.Rules(creation, removal, archival, new Detachment(registry));
    new StatusResource(tenancy, metrics, config.dataDir()).register(router);
    new LocationResource(tenancy).register(router);
    new TenantResource(tenancy, data).register(router);
    new TimelineResource(tenancy, rules, data).register(router);
    new HistoryResource(tenancy, new History(registry, data), collector).register(router);
    return new ApiServer(router, metrics, config.key().map(Gatekeeper::new));
  }
}
