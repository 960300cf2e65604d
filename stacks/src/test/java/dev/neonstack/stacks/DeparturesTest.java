package dev.neonstack.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.components.neon.BranchLifetime;
import dev.neonstack.components.neon.BranchOrigin;
import dev.neonstack.components.neon.BranchSpec;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.stacks.Departures.Made;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private static final List<Made> MADE =
      List.of(made("demo/main", null), made("demo/dev", "demo/main"));

  private static Made made(String name, String parent) {
    return new Made(name, Optional.ofNullable(parent), false);
  }

  private static BranchSpec branch(String name, String parent, String... former) {
    return new BranchSpec(
        name,
        Optional.ofNullable(parent)
            .map(above -> new BranchOrigin(above, Optional.empty(), Optional.empty())),
        BranchLifetime.UNTIL_REMOVED,
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(former));
  }

  private static ProjectSpec project(String name, List<String> former, BranchSpec... branches) {
    return new ProjectSpec(
        name, 17, Duration.ofDays(7), Optional.empty(), List.of(branches), former);
  }

  private static Departures departures(BranchSpec... branches) {
    return new Departures(List.of(project("demo", List.of(), branches)), MADE);
  }

  @Test
  void aBranchThatGoesWhileOneComesFromTheSameParentMayBeTheSame() {
    var departures =
        departures(branch("main", null), branch("feature", "main"), branch("root", null));

    assertThat(departures.warnings())
        .containsExactly(
            "branch 'demo/dev' would be deleted with its data, and 'feature' made from the same"
                + " parent. If it shall only have another name, write renamedFrom: dev there");
    assertThat(departures.refusals()).isEmpty();
    assertThat(departures.unknownNames()).isEmpty();
  }

  @Test
  void aRenamedParentIsTheSameParent() {
    assertThat(departures(branch("trunk", null, "main"), branch("feature", "trunk")).warnings())
        .singleElement()
        .asString()
        .startsWith("branch 'demo/dev' would be deleted with its data, and 'feature' made");
  }

  @Test
  void aRenameThatIsSaidIsNoDeparture() {
    var departures = departures(branch("main", null), branch("feature", "main", "older", "dev"));

    assertThat(departures.warnings()).isEmpty();
    assertThat(departures.unknownNames()).isEmpty();
  }

  @Test
  void aFormerNameThatNothingHasIsRefusedWhereSomethingGoes() {
    assertThat(departures(branch("main", null), branch("feature", "main", "dve")).unknownNames())
        .containsExactly(
            "branch 'demo/feature' has a renamedFrom, and the stack has made no branch of that name;"
                + " left out and to be deleted is 'demo/dev'. Correct renamedFrom, or remove it to make"
                + " an empty branch");
    var nothingGoes =
        departures(branch("main", null), branch("dev", "main"), branch("new", "main", "dve"));
    assertThat(nothingGoes.unknownNames()).isEmpty();
  }

  @Test
  void aProtectedBranchDoesNotGo() {
    var kept = List.of(new Made("demo/main", Optional.empty(), true));

    assertThat(new Departures(List.of(), kept).refusals())
        .singleElement()
        .asString()
        .startsWith("branch 'demo/main' is protected and left out of the configuration")
        .contains("protected: false, run up, then leave it out");
  }

  @Test
  void aWholeProjectMayHaveBeenRenamed() {
    var shop = project("shop", List.of(), branch("main", null), branch("dev", "main"));

    assertThat(new Departures(List.of(shop), MADE).warnings())
        .containsExactly(
            "project 'demo' would be deleted with all its branches and their data, and project 'shop'"
                + " made. If it shall only have another name, write renamedFrom: demo there");
    var renamed = project("shop", List.of("demo"), branch("main", null), branch("dev", "main"));
    assertThat(new Departures(List.of(renamed), MADE).warnings()).isEmpty();
  }
}
