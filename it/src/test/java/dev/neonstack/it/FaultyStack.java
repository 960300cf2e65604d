package dev.neonstack.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.FaultProxy;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A stack that reaches storage and control plane through proxies which make faults. */
final class FaultyStack implements AutoCloseable {
  /** The call that makes a timeline. */
  static final String CREATE = "POST /v1/tenant/[0-9a-f]+/timeline";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /**
   * The control plane finds what an earlier run left by project and name, so each test has its own.
   */
  final String project = "broken-" + NUMBER.incrementAndGet();

  final FaultProxy storage;
  final FaultProxy controlPlane;
  final Stack stack;
  private final Platform platform;

  FaultyStack(Platform platform, Path folder) {
    this.platform = platform;
    var services = platform.services();
    storage = new FaultProxy(services.storageUrl());
    controlPlane = new FaultProxy(services.controlPlaneUrl());
    stack =
        Stack.through(platform, storage, folder)
            .withControlPlane(controlPlane.url())
            .projects(declare("main"));
  }

  @Override
  public void close() {
    storage.close();
    controlPlane.close();
  }

  /** A project with these branches, of which all but {@code main} are its children. */
  String declare(String... names) {
    var yaml = new StringBuilder("- name: " + project + "\n  branches:\n");
    for (var name : names) {
      yaml.append("    - name: ").append(name).append('\n');
      yaml.append("      endpoint: {enabled: false}\n");
      if (!name.equals("main")) {
        yaml.append("      parent: main\n");
      }
    }
    return yaml.toString();
  }

  /** What must hold after the last `up` of every test. */
  void assertClean(String... names) {
    assertThat(storage.isSpent()).as("every fault of storage happened").isTrue();
    assertThat(controlPlane.isSpent()).as("every fault of the control plane happened").isTrue();
    var declared = new ArrayList<TimelineId>();
    for (var name : names) {
      declared.add(stack.timeline(project + "/" + name));
    }
    var list = platform.storage().timelines(stack.tenant(project));
    assertThat(list.timelines())
        .extracting(TimelineInfo::timelineId)
        .containsExactlyInAnyOrderElementsOf(declared);
    assertThat(list.offloaded()).isEmpty();
    assertThat(platform.controlPlane().branches(stack.tenant(project)))
        .allSatisfy(branch -> assertThat(branch.ready()).as(branch.name()).isTrue())
        .hasSize(names.length);
    assertThat(stack.pendingOperations()).isEmpty();
    assertThat(stack.isLocked()).isFalse();
    stack.up("--expect-no-changes").succeeded();
  }
}
