package dev.neonstack.provider;

import static dev.neonstack.provider.Lab.child;
import static dev.neonstack.provider.Lab.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.provider.Engine.Resource;
import dev.neonstack.provider.fake.Fault;
import dev.neonstack.provider.fake.Fault.Kind;
import dev.neonstack.provider.value.Props;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.DiffResponse.DiffChanges;

/** When branches end, and what is said of it. */
class LifetimeTest {
  private final Lab lab = new Lab();
  private final Resource main = lab.root();

  @AfterEach
  void close() {
    lab.close();
  }

  private Resource dev(String key, String value) {
    return lab.engine.create("Branch", "dev", with(key, value));
  }

  private Props with(String key, String value) {
    return child(main).put(key, value).build();
  }

  private static Instant end(Resource branch) {
    return Instant.parse(branch.state().requireText("expiresAt"));
  }

  private Instant in(Duration time) {
    return lab.clock.instant().plus(time).truncatedTo(ChronoUnit.SECONDS);
  }

  @Test
  void aTtlCountsFromWhenItWasSetAndIsNotPushedByARepeat() {
    var dev = lab.child(main, "dev");
    lab.clock.move(Duration.ofDays(1));
    var earliest = in(Duration.ofHours(1));

    var mortal = lab.engine.update(dev, with("ttl", "1h"));

    assertThat(end(mortal)).isAfterOrEqualTo(earliest);
    assertThat(lab.controlPlane.branch(id(dev)).path("expires_at").asText())
        .isEqualTo(end(mortal).toString());
    lab.clock.move(Duration.ofMinutes(10));
    assertThat(lab.engine.diff(mortal, with("ttl", "60m")).getChanges())
        .isEqualTo(DiffChanges.DIFF_NONE);
    assertThat(lab.engine.read(mortal)).contains(mortal);
    var guarded = lab.engine.update(mortal, child(main).put("ttl", "1h").put("name", "x").build());
    assertThat(end(guarded)).as("another change leaves the end alone").isEqualTo(end(mortal));

    var longer = lab.engine.update(guarded, with("ttl", "2h"));
    assertThat(end(longer)).isAfterOrEqualTo(earliest.plus(Duration.ofMinutes(70)));
  }

  @Test
  void anEndThatSomebodyElseHasSetIsDrift() {
    var dev = dev("ttl", "2h");
    lab.controlPlane.branch(id(dev)).put("expires_at", "2999-01-01T00:00:00Z");

    var found = lab.engine.read(dev).orElseThrow();

    assertThat(found.inputs().text("expiresAt")).contains("2999-01-01T00:00:00Z");
    assertThat(lab.engine.diff(found, with("ttl", "2h")).getDiffsList())
        .containsExactlyInAnyOrder("ttl", "expiresAt");
    assertThat(end(lab.engine.update(found, with("ttl", "2h")))).isBefore("2998-01-01T00:00:00Z");
  }

  @Test
  void anEndInThePastIsRefusedUnlessItIsTheOneTheBranchWasMadeWith() {
    var end = in(Duration.ofHours(2));
    var dev = dev("expiresAt", end.toString());
    lab.clock.move(Duration.ofHours(3));

    assertThat(
            lab.engine
                .check(dev.urn(), dev.inputs(), with("expiresAt", end.toString()))
                .getFailuresList())
        .isEmpty();
    var earlier = end.minusSeconds(60).toString();
    assertThat(lab.engine.check(dev.urn(), dev.inputs(), with("expiresAt", earlier)).getFailures(0))
        .satisfies(
            failure ->
                assertThat(failure.getReason())
                    .startsWith("expiresAt is '" + earlier + "'; expected a moment to come"));
    assertThat(lab.engine.failures("Branch", with("expiresAt", end.toString()))).hasSize(1);
    assertThat(lab.engine.failures("Branch", with("ttl", "0s")))
        .containsExactly("ttl is '0s'; expected more than 0s and at most 36500d");
    assertThat(lab.engine.failures("Branch", with("ttl", "999999999d"))).hasSize(1);
  }

  @Test
  void whatIsMadeIsNotJudgedAgainWhenTheClockIsSetBack() {
    var dev = dev("parentTimestamp", in(Duration.ofSeconds(-1)).toString());
    lab.clock.move(Duration.ofDays(-2));

    var moment = dev.inputs().requireText("parentTimestamp");
    assertThat(lab.engine.diff(dev, with("parentTimestamp", moment)).getChanges())
        .isEqualTo(DiffChanges.DIFF_NONE);
    assertThat(lab.engine.failures("Branch", with("parentTimestamp", moment))).hasSize(1);
  }

  @Test
  void aPreviewNamesTheMomentAndWarnsOfOneThatIsNear() {
    var dev = lab.child(main, "dev");

    lab.engine.previewUpdate(dev, with("ttl", "3d"));
    assertThat(lab.log.told())
        .singleElement()
        .asString()
        .startsWith("INFO branch 'dev' would be deleted with its data at 2");
    lab.log.forget();
    lab.engine.previewUpdate(dev, with("ttl", "59m"));
    assertThat(lab.log.told()).singleElement().asString().startsWith("WARNING branch 'dev' would");
    lab.log.forget();
    lab.engine.previewUpdate(dev, child(main).put("name", "other").build());
    assertThat(lab.log.told()).isEmpty();
  }

  @Test
  void aBranchThatIsFoundAgainLivesItsWholeTime() {
    lab.engine.timeout(0.4);
    for (var i = 0; i < 20; i++) {
      lab.storage.fail(Fault.of(i == 0 ? Kind.CUT_AFTER : Kind.CUT_BEFORE, "POST .*/timeline"));
    }
    var begun = dev("ttl", "1h");
    assertThat(begun.initErrors()).isNotEmpty();
    lab.storage.heal();
    lab.engine.timeout(20);
    lab.clock.move(Duration.ofHours(2));

    var made = lab.engine.update(begun, with("ttl", "1h"));

    assertThat(end(made)).isAfter(in(Duration.ofMinutes(59)));
  }
}
