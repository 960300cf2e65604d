package dev.neonstack.controlplane.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.catalog.EndpointEntry.Desired;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What is found by an index is what a look at everything finds. */
class ContentTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<TenantId> PROJECTS = List.of(TenantId.random(), TenantId.random());
  private static final List<String> NAMES = List.of("main", "dev", "test");

  private final Random random = new Random();
  private final Map<BranchKey, Branch> branches = new LinkedHashMap<>();
  private final Map<String, EndpointEntry> endpoints = new LinkedHashMap<>();
  private Content content = Content.EMPTY;

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private static Project project(TenantId id) {
    return new Project(
        id,
        "project",
        17,
        Duration.ofDays(7),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        EndpointDefaults.USUAL,
        false,
        false,
        THEN,
        THEN);
  }

  private Branch branch(TenantId project) {
    var above = content.branchesOf(project);
    var parent = above.isEmpty() ? Optional.<Branch>empty() : Optional.of(any(above));
    return new Branch(
        project,
        TimelineId.random(),
        any(NAMES),
        new Branch.Origin(parent.map(Branch::id), Optional.empty(), Optional.empty()),
        false,
        Optional.empty(),
        BranchState.READY,
        Optional.empty(),
        Contents.UNSEEN,
        Map.of(),
        THEN.plusSeconds(random.nextInt(9)),
        THEN);
  }

  private EndpointEntry endpoint(Branch branch) {
    return new EndpointEntry(
        "ep-" + TimelineId.random(),
        branch.project(),
        branch.id(),
        "127.0.0.1",
        1,
        EndpointShape.of(EndpointDefaults.USUAL),
        any(List.of(Desired.values())),
        0,
        THEN.plusSeconds(random.nextInt(9)),
        THEN);
  }

  private void step() {
    var there = List.copyOf(branches.values());
    switch (there.isEmpty() ? 0 : random.nextInt(5)) {
      case 0 -> put(branch(any(PROJECTS)));
      case 1 -> put(any(there).living(any(NAMES), false, Optional.empty(), THEN));
      case 2 -> remove(any(there));
      case 3 -> {
        var endpoint = endpoint(any(there));
        endpoints.put(endpoint.id(), endpoint);
        content = content.with(endpoint);
      }
      default -> {
        for (var endpoint : new ArrayList<>(endpoints.values()).subList(0, endpoints.size() / 3)) {
          endpoints.remove(endpoint.id());
          content = content.without(endpoint);
        }
      }
    }
  }

  private void put(Branch branch) {
    branches.put(branch.key(), branch);
    content = content.with(branch);
  }

  private void remove(Branch branch) {
    branches.remove(branch.key());
    endpoints.values().removeIf(endpoint -> endpoint.branchKey().equals(branch.key()));
    content = content.without(branch);
  }

  private List<Branch> oldestFirst(Predicate<Branch> which) {
    return branches.values().stream()
        .filter(which)
        .sorted(Comparator.comparing(Branch::createdAt).thenComparing(one -> one.id().value()))
        .toList();
  }

  private List<EndpointEntry> alive(Predicate<EndpointEntry> which) {
    return endpoints.values().stream()
        .filter(which.and(one -> one.desired() != Desired.DELETED))
        .sorted(Comparator.comparing(EndpointEntry::createdAt).thenComparing(EndpointEntry::id))
        .toList();
  }

  @RepeatedTest(20)
  void whateverChangesTheIndexesFollow() {
    PROJECTS.forEach(id -> content = content.with(project(id)));
    for (var step = 0; step < 100; step++) {
      var before = content;
      var was = Map.copyOf(before.branches());
      step();
      assertThat(before.branches()).isEqualTo(was);
    }

    assertThat(content.branches()).isEqualTo(branches);
    assertThat(content.endpoints()).isEqualTo(endpoints);
    for (var id : PROJECTS) {
      assertThat(content.branchesOf(id)).isEqualTo(oldestFirst(b -> b.project().equals(id)));
      assertThat(content.endpointsOf(id)).isEqualTo(alive(e -> e.project().equals(id)));
      for (var name : NAMES) {
        assertThat(content.branchesNamed(id, name))
            .isEqualTo(oldestFirst(b -> b.project().equals(id) && b.name().equals(name)));
      }
    }
    for (var key : branches.keySet()) {
      assertThat(content.childrenOf(key)).isEqualTo(oldestFirst(b -> b.isChildOf(key)));
      assertThat(content.endpointsOf(key)).isEqualTo(alive(e -> e.branchKey().equals(key)));
    }
  }

  @Test
  void itKnowsWhatHasChangedSinceItWasKept() {
    var project = project(PROJECTS.get(0));
    var kept = Content.EMPTY.with(project).settled();
    assertThat(kept.changes()).isEqualTo(Content.Changes.NONE);

    put(branch(project.id()));
    var made = List.copyOf(branches.values()).get(0);
    var changed = kept.with(made).without(made).with(project(PROJECTS.get(1)));

    assertThat(changed.changes().branches()).containsExactly(made.key());
    assertThat(changed.changes().projects()).containsExactly(PROJECTS.get(1));
    assertThat(changed.changes().endpoints()).isEmpty();
    assertThat(new HashSet<>(changed.settled().projects().values())).hasSize(2);
  }
}
