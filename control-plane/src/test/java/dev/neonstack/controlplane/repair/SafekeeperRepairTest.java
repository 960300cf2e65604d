package dev.neonstack.controlplane.repair;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.HeldLog;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rule 8: a safekeeper that has lost its disk is filled again. */
final class SafekeeperRepairTest {
  private final List<FakeSafekeeper> all =
      Stream.of("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4")
          .map(FakeSafekeeper::new)
          .toList();
  private final AtomicInteger repaired = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger weak = new AtomicInteger();
  private final SafekeeperRepair repair =
      new SafekeeperRepair(
          () -> all.stream().map(FakeSafekeeper::client).toList(),
          new SafekeeperRepair.Watch() {
            @Override
            public void repaired(boolean done) {
              (done ? repaired : failed).incrementAndGet();
            }

            @Override
            public void withoutMajority(int logs) {
              weak.set(logs);
            }
          });

  @AfterEach
  void end() {
    all.forEach(FakeSafekeeper::close);
  }

  /** A log on the first three of four safekeepers. */
  private HeldLog log(int generation) {
    var log = new HeldLog(TenantId.random(), TimelineId.random());
    all.subList(0, 3).forEach(one -> one.held.put(log, members(generation)));
    return log;
  }

  private JsonNode members(int generation) {
    var configuration = new ObjectMapper().createObjectNode().put("generation", generation);
    var members = configuration.putArray("members");
    for (var id = 0; id < 3; id++) {
      members
          .addObject()
          .put("id", id + 1)
          .put("host", all.get(id).url().getHost())
          .put("pg_port", 5454);
    }
    configuration.putNull("new_members");
    return configuration;
  }

  private void rounds(int count) {
    for (var round = 0; round < count; round++) {
      repair.round();
    }
  }

  @Test
  void aMemberThatHasLostItsDiskGetsEveryLogBackFromTheOthers() {
    var first = log(1);
    var second = log(3);
    all.get(1).held.clear();

    rounds(1);
    assertThat(all.get(1).pulls).as("it may be about to get it").isEmpty();
    rounds(1);

    assertThat(all.get(1).held.keySet()).containsExactlyInAnyOrder(first, second);
    assertThat(all.get(1).held.get(second)).isEqualTo(members(3));
    assertThat(all.get(1).pulls.get(0).path("http_hosts"))
        .extracting(JsonNode::asText)
        .containsExactly(all.get(0).url().toString(), all.get(2).url().toString());
    rounds(3);
    assertThat(all.get(1).pulls).hasSize(2);
    assertThat(repaired).hasValue(2);
  }

  @Test
  void nothingIsCopiedOfWhatAMajorityHasLost() {
    var log = log(1);
    all.get(0).held.clear();
    all.get(1).held.clear();

    rounds(3);

    assertThat(all.get(0).held).doesNotContainKey(log);
    assertThat(weak).hasValue(1);
    all.get(0).held.put(log, members(1));
    rounds(2);
    assertThat(all.get(1).held).containsKey(log);
    assertThat(weak).hasValue(0);
  }

  @Test
  void whoIsNoMemberOrDoesNotAnswerLacksNothing() {
    log(1);
    all.get(2).close();

    rounds(3);

    assertThat(all.get(3).held).isEmpty();
    assertThat(repaired).hasValue(0);
    assertThat(weak).hasValue(0);
  }

  @Test
  void logThatNobodyManagesIsTheComputesOwn() {
    log(0);
    all.get(1).held.clear();

    rounds(3);

    assertThat(all.get(1).pulls).isEmpty();
  }

  @Test
  void aBranchThatIsDeletedMeanwhileIsNotBroughtBack() {
    var log = log(1);
    all.get(1).held.remove(log);
    rounds(1);
    all.forEach(one -> one.held.remove(log));

    rounds(2);

    assertThat(all).allSatisfy(one -> assertThat(one.pulls).isEmpty());
  }

  @Test
  void aCopyThatFailsIsTriedAgain() {
    var log = log(1);
    all.get(1).held.clear();
    all.get(1).pullStatus = 500;
    rounds(3);
    assertThat(failed).hasValue(2);

    all.get(1).pullStatus = 200;
    rounds(1);
    assertThat(all.get(1).held).containsKey(log);
  }
}
