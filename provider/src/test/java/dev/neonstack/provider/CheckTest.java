package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckTest {
  private static final String ID = "00000000000000000000000000000001";

  private final Engine engine = new Engine();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void allProblemsOfABranchAreToldAtOnce() {
    var wrong =
        Props.builder()
            .put("project", "nothex")
            .put("parentLsn", "garbage")
            .put("parentTimestamp", "2026-01-01T00:00:00Z")
            .put("protected", "yes")
            .put("ttl", "soon")
            .put("expiresAt", "tomorrow")
            .put("pgVersion", 13)
            .put("colour", "red")
            .build();

    assertThat(engine.failures("Branch", wrong))
        .containsExactlyInAnyOrder(
            "project is 'nothex'; expected 32 hexadecimal digits, the tenantId of a Project",
            "name is missing; expected 1 to 256 characters, no control characters or marks of"
                + " direction, and no space at its beginning or end",
            "parentLsn is 'garbage'; expected an LSN, two hexadecimal numbers around a slash, such as"
                + " 0/14D8AB0",
            "pgVersion is '13'; expected 14, 15, 16 or 17",
            "protected is 'yes'; expected true or false",
            "expiresAt is 'tomorrow'; expected a moment in RFC 3339, such as 2026-11-23T09:00:00Z",
            "ttl is 'soon'; expected a number with a unit (s, m, h or d), such as 12h or 7d",
            "there is no property 'colour'; expected one of archived, expiresAt, name, parent,"
                + " parentLsn, parentTimestamp, pgVersion, project, protected, ttl",
            "parentLsn and parentTimestamp are both given; expected one of them, so leave one out",
            "expiresAt and ttl are both given; expected one of them, so leave one out",
            "parentLsn is given without parent; name the branch it is a position of, or leave it out",
            "parentTimestamp is given without parent; name the branch it is a position of, or leave it"
                + " out");
  }

  @Test
  void aMomentThatHasNotComeIsRefused() {
    var wrong =
        Props.builder()
            .put("project", ID)
            .put("name", "dev")
            .put("parent", ID)
            .put("parentTimestamp", "2999-01-01T00:00:00Z")
            .build();
    assertThat(engine.failures("Branch", wrong))
        .singleElement()
        .asString()
        .startsWith("parentTimestamp is '2999-01-01T00:00:00Z'; expected a moment that has passed");
  }

  @Test
  void theVersionOfAChildIsThatOfItsParent() {
    var wrong =
        Props.builder()
            .put("project", ID)
            .put("name", "dev")
            .put("parent", ID)
            .put("pgVersion", 17)
            .build();
    assertThat(engine.failures("Branch", wrong))
        .singleElement()
        .asString()
        .contains("leave it out");
  }

  @Test
  void theIdOfABranchInPlaceOfItsBranchIdIsExplained() {
    var wrong =
        Props.builder().put("project", ID).put("name", "dev").put("parent", ID + "/" + ID).build();
    assertThat(engine.failures("Branch", wrong))
        .singleElement()
        .asString()
        .contains("the branchId of a Branch (not its id)");
  }

  @Test
  void problemsOfAnEndpointAreTold() {
    var wrong =
        Props.builder()
            .put("project", ID)
            .put("branch", ID)
            .put("type", "writable")
            .put("minCu", 4)
            .put("maxCu", 2)
            .put("suspendTimeout", 1.5)
            .put("settings", Value.of("work_mem=8MB"))
            .build();
    assertThat(engine.failures("Endpoint", wrong))
        .containsExactlyInAnyOrder(
            "type is 'writable'; expected read_write or read_only",
            "suspendTimeout is '1.5'; expected seconds, 0 for the default, -1 for never, at most"
                + " 604800",
            "settings is 'work_mem=8MB'; expected an object of strings",
            "maxCu is '2'; expected not less than minCu");
  }

  @Test
  void reservedNamesAreRefusedAndASecretIsNotRepeated() {
    var role =
        Props.builder()
            .put("project", ID)
            .put("branch", ID)
            .put("name", "pg_monitor")
            .put("password", new Secret(Value.of("hun\nter2")))
            .build();
    assertThat(engine.failures("Role", role))
        .hasSize(2)
        .noneMatch(reason -> reason.contains("hun"))
        .anyMatch(reason -> reason.startsWith("name is 'pg_monitor'"));
    var database =
        Props.builder()
            .put("project", ID)
            .put("branch", ID)
            .put("name", "template0")
            .put("owner", "app")
            .build();
    assertThat(engine.failures("Database", database)).hasSize(1);
  }

  @Test
  void whatIsNotKnownYetIsNotRefused() {
    var unknown =
        Props.builder()
            .put("project", Value.Unknown.VALUE)
            .put("name", "dev")
            .put("parent", Value.Unknown.VALUE)
            .put("parentTimestamp", Value.Unknown.VALUE)
            .build();
    assertThat(engine.failures("Branch", unknown)).isEmpty();
  }

  @Test
  void anIdIsDrawnOnceAndKept() {
    var urn = Engine.urn("Branch", "dev");
    var news = Props.builder().put("project", ID).put("name", "dev").build();
    var first = engine.checked(urn, Props.EMPTY, news);
    assertThat(engine.checked(urn, first, news)).isEqualTo(first);
    assertThat(engine.checked(urn, Props.EMPTY, news).text("branchId"))
        .isNotEqualTo(first.text("branchId"));
    assertThat(first.text("branchId")).get().asString().matches("[0-9a-f]{32}");
  }
}
