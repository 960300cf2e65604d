package dev.neonstack.stacks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.neonstack.stacks.config.reading.InvalidConfigException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule, broken alone: one sentence with the key, the value, what is allowed, what to do. */
final class ConfigRulesTest {
  private static final String AT = "projects[0].branches[0]";
  private static final String RFC = "expected a moment as RFC 3339 writes it";
  private static final String TIME = "expected a whole number with a unit s, m, h or d";

  static Stream<Arguments> projects() {
    return Stream.of(
        rule("{}", "projects is a map", "expected a list", "Start each entry with a dash."),
        rule("not json", "projects is 'text'", "expected a list", "dash"),
        rule("['demo']", "projects[0] is text", "expected settings: name, ", "key: value"),
        rule(
            "[{'name': 'demo', 'branchs': [], 'branches': []}]",
            "projects[0].branchs is not a setting",
            "expected one of name, pgVersion",
            "Did you mean 'branches'?"),
        rule(
            "[{'name': 'demo', 'colour': 'red', 'branches': []}]",
            "projects[0].colour is not a setting",
            "expected one of name, ",
            "Remove it."),
        rule("[{'branches': []}]", "projects[0].name is missing", "a name of 1 to 63", "Add it."),
        rule("[{'name': 'demo'}]", "projects[0].branches is missing", "a list", "Add one"),
        rule(
            "[{'name': 7, 'branches': []}]",
            "projects[0].name is '7'",
            "expected text",
            "Put it in quotes."),
        rule(
            "[{'name': 'a/b', 'branches': []}]",
            "projects[0].name is 'a/b'",
            "1 to 63 characters a-z",
            "Rename it."),
        rule(
            "[{'name': 'demo', 'branches': []}, {'name': 'demo', 'branches': []}]",
            "projects[1].name is 'demo'",
            "a name no other project of this stack has",
            "projects[0].name has this name already"),
        rule(
            "[{'name': 'demo', 'branches': {}}]",
            "projects[0].branches is a map",
            "expected a list",
            "dash"));
  }

  static Stream<Arguments> settingsOfProjects() {
    return Stream.of(
        project("'pgVersion': 13", "pgVersion is '13'", "from 14 to 17", "Choose"),
        project("'pgVersion': 18", "pgVersion is '18'", "from 14 to 17", "Choose"),
        project("'pgVersion': '16'", "pgVersion is '16'", "from 14 to 17", "without quotes"),
        project("'pgVersion': 16.5", "pgVersion is '16.5'", "from 14 to 17", "without quotes"),
        project("'historyRetention': 7", "historyRetention is '7'", TIME, "Write it so."),
        project("'historyRetention': '7w'", "historyRetention is '7w'", TIME, "Write it so."),
        project("'region': []", "region is a list", "expected text", "quotes"));
  }

  static Stream<Arguments> branches() {
    return Stream.of(
        branch("'nam': 1, 'name': 'a'", ".nam is not a setting", "one of name", "mean 'name'?"),
        branch("'parent': 'x'", ".name is missing", "1 to 256 characters", "Add it.", ".parent is"),
        named(" a", "no space at its beginning or end"),
        named("a\u2028b", "no control characters"),
        named("b".repeat(257), "1 to 256 characters"),
        branch(
            "'name': '0123456789abcdef0123456789abcdef'",
            ".name is '0123456789abcdef0123456789abcdef'",
            "not 32 hexadecimal digits",
            "Choose another name."));
  }

  static Stream<Arguments> settingsOfBranches() {
    return Stream.of(
        valid("'protected': 'yes'", ".protected is 'yes'", "expected true or false", "quotes"),
        valid("'archived': 1", ".archived is '1'", "expected true or false", "quotes"),
        valid("'parentLsn': '0/1'", ".parent is missing", "parentLsn is given", "Name the parent"),
        valid(
            "'parentTimestamp': '2026-01-01T00:00:00Z'",
            ".parent is missing",
            "parentTimestamp is given",
            "Name the parent or remove parentTimestamp."),
        valid("'expiresAt': 'monday'", ".expiresAt is 'monday'", RFC, "offset or Z"),
        valid("'expiresAt': '2026-12-01T00:00:00'", ".expiresAt is '2026", RFC, "offset or Z"),
        valid("'ttl': '0d'", ".ttl is '0d'", TIME, "Write it so."),
        valid("'ttl': '-1d'", ".ttl is '-1d'", TIME, "Write it so."),
        valid(
            "'ttl': '1d', 'expiresAt': '2027-01-01T00:00:00Z'",
            ".expiresAt and ttl are both given",
            "expected one of them at most",
            "Remove one."),
        valid("'renamedFrom': 7", ".renamedFrom is '7'", "expected text", "quotes"),
        valid("'renamedFrom': ''", ".renamedFrom is ''", "the name it had before", "Write it."),
        valid(
            "'ttl': '1d', 'protected': true",
            ".ttl is 'a lifetime of 86400 s'",
            "no end, because the branch is protected",
            "Remove it or protected: true."),
        valid(
            "'archived': true, 'endpoint': {}",
            ".endpoint is enabled on an archived branch",
            "expected none",
            "take archived back"));
  }

  static Stream<Arguments> roles() {
    return Stream.of(
        valid("'roles': {'name': 'x'}", ".roles is a map", "expected a list", "dash"),
        valid("'roles': [{}]", ".roles[0].name is missing", "1 to 63 letters", "Add it."),
        role("1st", "starts with a letter or '_'", "Rename it."),
        role("postgres", "keeps for itself", "Choose another name."),
        role("cloud_admin", "keeps for itself", "Choose another name."),
        role("neon_superuser", "keeps for itself", "Choose another name."),
        role("public", "keeps for itself", "Choose another name."),
        role("None", "keeps for itself", "Choose another name."),
        role("pg_monitor", "keeps for itself", "Choose another name."),
        valid(
            "'roles': [{'name': 'app'}, {'name': 'app'}]",
            ".roles[1].name is 'app'",
            "a name no other role of this branch has",
            "roles[0].name has this name already"),
        valid(
            "'roles': [{'name': 'app', 'renamedFrom': 'x'}, {'name': 'x'}]",
            ".roles[0].renamedFrom is 'x'",
            "a name that no role of this branch has any more",
            "Remove it if the rename is done"));
  }

  static Stream<Arguments> databases() {
    return Stream.of(
        database("postgres", "keeps for itself", "Choose another name."),
        database("template0", "keeps for itself", "Choose another name."),
        database("template1", "keeps for itself", "Choose another name."),
        database("a b", "1 to 63 letters", "Rename it."),
        valid("'databases': [{'name': 'd'}]", ".databases[0].owner is missing", "a role", "Add"),
        valid(
            "'roles': [{'name': 'app'}], 'databases': "
                + "[{'name': 'd', 'owner': 'app'}, {'name': 'd', 'owner': 'app'}]",
            ".databases[1].name is 'd'",
            "a name no other database of this branch has",
            "databases[0].name has this name already"),
        valid(
            "'roles': [{'name': 'app'}], 'databases': [{'name': 'd', 'owner': 'ap'}]",
            ".databases[0].owner is 'ap'",
            "a role of the branch or of its ancestors (app)",
            "Did you mean 'app'?"),
        valid(
            "'databases': [{'name': 'd', 'owner': 'app'}]",
            ".databases[0].owner is 'app'",
            "(there is none)",
            "Declare that role or name another."));
  }

  static Stream<Arguments> endpoints() {
    return Stream.of(
        endpoint("'enabled': 'no'", "enabled is 'no'", "true or false", "without quotes"),
        endpoint("'minCu': 0", "minCu is '0.0'", "0.25 to 56", "Choose one"),
        endpoint("'maxCu': 57", "maxCu is '57.0'", "0.25 to 56", "Choose one"),
        endpoint("'maxCu': 'two'", "maxCu is 'two'", "0.25 to 56", "without quotes"),
        endpoint("'minCu': 2, 'maxCu': 1", "minCu is '2.0'", "at most maxCu", "raise maxCu"),
        endpoint("'pooler': true", "pooler is 'true'", "target local has no pooler", "Remove it"),
        endpoint("'suspendTimeout': '5m'", "suspendTimeout is '300s'", "never sleep", "Remove it."),
        endpoint("'suspendTimeout': 300", "suspendTimeout is '300'", TIME, "Write it so."),
        endpoint("'settings': []", "settings is a list", "a map", "name: value"),
        endpoint("'settings': {'a': []}", "settings.a is a list", "text, a number", "plain"),
        endpoint(
            "'settings': {'a b': 1}", "settings.a b is '1'", "the name of a setting", "Correct"),
        owned("port"),
        owned("Listen_Addresses"),
        owned("Wal_Level"),
        owned("include"),
        owned("unix_socket_directories"),
        owned("archive_command"),
        owned("neon.tenant_id"));
  }

  static Stream<Arguments> trees() {
    return Stream.of(
        tree(
            "{'name': 'main'}, {'name': 'main'}",
            "projects[0].branches[1].name is 'main'",
            "a name no other branch of project 'demo' has",
            "projects[0].branches[0].name has this name already"),
        tree(
            "{'name': 'main'}, {'name': 'dev', 'parent': 'mian'}",
            "projects[0].branches[1].parent is 'mian'",
            "a branch of project 'demo' (main, dev)",
            "Did you mean 'main'?"),
        tree(
            "{'name': 'a', 'parent': 'c'}, {'name': 'b', 'parent': 'a'}, "
                + "{'name': 'c', 'parent': 'b'}, {'name': 'd', 'parent': 'c'}",
            "projects[0].branches[0].parent closes a cycle: a -> c -> b -> a",
            "expected a tree",
            "Remove the parent of one of them."),
        tree(
            "{'name': 'a', 'parent': 'a'}",
            "projects[0].branches[0].parent closes a cycle: a -> a",
            "expected a tree",
            "Remove the parent"));
  }

  static Stream<Arguments> origins() {
    return Stream.of(
        child("'parentLsn': 'x'", ".parentLsn is 'x'", "an LSN such as 0/14D8AB0", "slash"),
        child("'parentLsn': '0/0'", ".parentLsn is '0/0'", "an LSN such as 0/14D8AB0", "slash"),
        child("'parentLsn': 12", ".parentLsn is '12'", "an LSN such as 0/14D8AB0", "slash"),
        child(
            "'parentTimestamp': '2027-11-24T09:00:01Z'",
            ".parentTimestamp is '2027-11-24T09:00:01Z'",
            "a moment that has passed",
            "Leave it out to start at the head of the parent."),
        child("'parentTimestamp': 'noon'", ".parentTimestamp is 'noon'", RFC, "offset or Z"),
        child(
            "'parentLsn': '0/1', 'parentTimestamp': '2026-01-01T00:00:00Z'",
            ".parentLsn and parentTimestamp are both given",
            "expected one of them at most",
            "Remove one."));
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        tree(
            "{'name': 'main', 'expiresAt': '2027-01-01T00:00:00Z'}, "
                + "{'name': 'dev', 'parent': 'main'}",
            "projects[0].branches[0].expiresAt is '2027-01-01T00:00:00Z'",
            "no end, because the branch has children (dev)",
            "give the children another parent"),
        tree(
            "{'name': 'main', 'archived': true}, {'name': 'dev', 'parent': 'main'}",
            "projects[0].branches[0].archived is 'true'",
            "false, because children are not archived (dev)",
            "Archive the children too."));
  }

  @ParameterizedTest
  @MethodSource({
    "projects",
    "settingsOfProjects",
    "branches",
    "settingsOfBranches",
    "roles",
    "databases",
    "endpoints",
    "trees",
    "origins",
    "ends"
  })
  void aBrokenRuleIsSaidInOneSentence(String projects, List<String> parts, int sentences) {
    assertSaid(projects, parts, sentences);
  }

  static void assertSaid(String projects, List<String> parts, int sentences) {
    var problem =
        catchThrowableOfType(
            InvalidConfigException.class, () -> TestSettings.read(projects.replace('\'', '"')));

    assertThat(problem).hasMessageContainingAll(parts.toArray(String[]::new));
    assertThat(problem.getMessage().lines().skip(1)).hasSize(sentences);
  }

  @Test
  void aMissingTargetIsSaid() {
    var problem =
        catchThrowableOfType(
            InvalidConfigException.class,
            () -> StackConfig.read(TestSettings.of(Map.of()), TestSettings.CLOCK));

    assertThat(problem)
        .hasMessageContaining("target is missing; expected one of local, aws, corp")
        .hasMessageContaining("pulumi config set neonstack:target local")
        .hasMessageContaining("projects is missing; expected a list of projects");
  }

  @Test
  void anUnknownSettingOfTheStackIsSaid() {
    var settings =
        TestSettings.of(Map.of("target", "local", "projects", "[]", "projets", "s3cret"));
    var problem =
        catchThrowableOfType(
            InvalidConfigException.class, () -> StackConfig.read(settings, TestSettings.CLOCK));

    assertThat(problem)
        .hasMessageContaining("projets is not a setting; expected one of target, projects")
        .hasMessageContaining("Did you mean 'projects'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'roles': [{'name': 'app', 'password': 5432154321}]",
        "'roles': [{'name': 'app', 'password': ['5432154321']}]",
        "'roles': [{'name': 'app', 'pasword': '5432154321'}]",
        "'roles': ['5432154321']",
        "'roles': '5432154321'",
        "'password': '5432154321'",
        "'endpoint': {'settings': {'neon.safekeeper_token': '5432154321'}}"
      })
  void noSecretIsShown(String setting) {
    var projects = "[{'name': 'demo', 'branches': [{'name': 'main', %s}]}]".formatted(setting);
    var problem =
        catchThrowableOfType(
            InvalidConfigException.class, () -> TestSettings.read(projects.replace('\'', '"')));

    assertThat(problem).hasMessageNotContaining("5432154321").hasMessageContaining("expected");
  }

  @Test
  void anEmptyPasswordIsRefused() {
    var problem =
        catchThrowableOfType(
            InvalidConfigException.class,
            () ->
                TestSettings.read(
                    "[{'name':'demo','branches':[{'name':'main','roles':[{'name':'app','password':''}]}]}]"
                        .replace('\'', '"')));

    assertThat(problem).hasMessageContaining("roles[0].password is a secret; expected text");
  }

  static Arguments rule(String projects, String... parts) {
    return arguments(projects, List.of(parts), 1);
  }

  private static Arguments project(String setting, String... parts) {
    return rule("[{'name': 'demo', 'branches': [], %s}]".formatted(setting), parts);
  }

  static Arguments tree(String branches, String... parts) {
    return rule("[{'name': 'demo', 'branches': [%s]}]".formatted(branches), parts);
  }

  /** The first part is what follows the path of the branch; a fifth one is a second sentence. */
  private static Arguments branch(String settings, String... parts) {
    var said = Stream.concat(Stream.of(AT + parts[0]), Stream.of(parts).skip(1)).toList();
    var projects = "[{'name': 'demo', 'branches': [{%s}]}]".formatted(settings);
    return arguments(projects, said, parts.length > 3 ? 2 : 1);
  }

  private static Arguments named(String name, String expected) {
    return branch(
        "'name': '%s'".formatted(name), ".name is '" + name + "'", expected, "Rename it.");
  }

  private static Arguments valid(String settings, String... parts) {
    return branch("'name': 'main', " + settings, parts);
  }

  private static Arguments child(String settings, String value, String expected, String action) {
    return tree(
        "{'name': 'main'}, {'name': 'dev', 'parent': 'main', %s}".formatted(settings),
        "projects[0].branches[1]" + value,
        expected,
        action);
  }

  private static Arguments role(String name, String expected, String action) {
    return valid(
        "'roles': [{'name': '%s'}]".formatted(name),
        ".roles[0].name is '" + name + "'",
        expected,
        action);
  }

  private static Arguments database(String name, String expected, String action) {
    return valid(
        "'roles': [{'name': 'app'}], 'databases': [{'name': '%s', 'owner': 'app'}]".formatted(name),
        ".databases[0].name is '" + name + "'",
        expected,
        action);
  }

  private static Arguments endpoint(String settings, String value, String expected, String action) {
    return valid("'endpoint': {%s}".formatted(settings), ".endpoint." + value, expected, action);
  }

  private static Arguments owned(String setting) {
    return endpoint(
        "'settings': {'%s': 'x1'}".formatted(setting),
        "settings." + setting + " is 'x1'",
        "no value here, as",
        "Correct or remove it.");
  }
}
