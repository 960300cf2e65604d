package dev.neonstack.provider;

import dev.neonstack.provider.Engine.Resource;
import dev.neonstack.provider.fake.FakeControlPlane;
import dev.neonstack.provider.fake.FakeStorage;
import dev.neonstack.provider.value.Props;

/** An engine, a provider, a storage and a control plane. */
final class Lab implements AutoCloseable {
  final FakeStorage storage = new FakeStorage();
  final FakeControlPlane controlPlane = new FakeControlPlane();
  final FakeLog log = new FakeLog();
  final TestClock clock = new TestClock();
  Engine engine = new Engine(clock);

  Lab() {
    configure();
  }

  /** As every run of the engine begins. */
  void configure() {
    engine.listens(log);
    engine.configure(
        settings()
            .put("controlPlaneUrl", controlPlane.url().toString())
            .put("controlPlaneToken", "api-key")
            .build());
  }

  Lab withoutControlPlane() {
    engine.configure(settings().build());
    return this;
  }

  private Props.Builder settings() {
    return Props.builder()
        .put("storageUrl", storage.url().toString())
        .put("storageDialect", "pageserver");
  }

  /** Another provider process; what the first one had in memory is gone. */
  void restartProvider() {
    engine.close();
    engine = new Engine(clock);
    configure();
  }

  Resource project() {
    return engine.create("Project", "demo", Props.builder().put("name", "demo").build());
  }

  static Props.Builder root(Resource project) {
    return Props.builder().put("project", project.id()).put("name", "main");
  }

  Resource root() {
    return engine.create("Branch", "main", root(project()).build());
  }

  static Props.Builder child(Resource parent) {
    return Props.builder()
        .put("project", parent.state().requireText("project"))
        .put("name", "dev")
        .put("parent", id(parent));
  }

  Resource child(Resource parent, String name) {
    return engine.create("Branch", name, child(parent).put("name", name).build());
  }

  static String id(Resource branch) {
    return branch.state().requireText("branchId");
  }

  static String projectOf(Resource branch) {
    return branch.state().requireText("project");
  }

  @Override
  public void close() {
    engine.close();
    storage.close();
    controlPlane.close();
    log.close();
  }
}
