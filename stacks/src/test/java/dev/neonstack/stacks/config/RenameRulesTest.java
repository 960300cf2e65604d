package dev.neonstack.stacks.config;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules for former names, each broken alone. */
final class RenameRulesTest {
  static Stream<Arguments> renames() {
    return Stream.of(
        ConfigRulesTest.rule(
            "[{'name': 'demo', 'renamedFrom': 'shop', 'branches': []}, {'name': 'shop', 'branches': []}]",
            "projects[0].renamedFrom is 'shop'",
            "a name that no project of this stack has any more",
            "Remove it if the rename is done"),
        ConfigRulesTest.tree(
            "{'name': 'a', 'renamedFrom': 'a'}",
            "projects[0].branches[0].renamedFrom is 'a'",
            "the name it had before, not the one it has",
            "write the former name"),
        ConfigRulesTest.tree(
            "{'name': 'a', 'renamedFrom': 'b'}, {'name': 'b'}",
            "projects[0].branches[0].renamedFrom is 'b'",
            "a name that no branch of project 'demo' has any more, and projects[0].branches[1] has",
            "to exchange names, give one a third name and run up first"),
        ConfigRulesTest.tree(
            "{'name': 'a', 'renamedFrom': 'c'}, {'name': 'b', 'renamedFrom': ['d', 'c']}",
            "renamedFrom is 'c' in both projects[0].branches[0] and projects[0].branches[1]",
            "one branch for each former name",
            "Remove one."),
        ConfigRulesTest.tree(
            "{'name': 'a', 'renamedFrom': 'b'}, {'name': 'c', 'parent': 'b'}",
            "projects[0].branches[1].parent is 'b'",
            "the name of a branch of project 'demo' (a, c)",
            "It was renamed to 'a'; write that."));
  }

  @ParameterizedTest
  @MethodSource("renames")
  void aBrokenRuleIsSaidInOneSentence(String projects, List<String> parts, int sentences) {
    ConfigRulesTest.assertSaid(projects, parts, sentences);
  }
}
