package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.components.aws.RecordedAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The policies of roles that a test declared, read as IAM reads them. */
final class Policies {
  /** What IAM keeps of the inline policies of one role, in characters. */
  private static final int LONGEST = 10_240;

  private Policies() {}

  /** Fails unless exactly this service account is trusted. */
  static void assertTrustsOnly(RecordedAccount account, String role, String subject) {
    var statements = account.the("Role", role).json("assumeRolePolicy").at("/Statement");
    assertThat(statements).hasSize(1);
    var condition = statements.get(0).at("/Condition/StringEquals");
    assertThat(condition.get(Clusters.ISSUER + ":sub")).hasSize(1);
    assertThat(condition.get(Clusters.ISSUER + ":sub").get(0).textValue()).isEqualTo(subject);
  }

  /** Fails unless every call is named and only these statements are about everything. */
  static void assertLeast(RecordedAccount account, String role, Set<String> aboutEverything) {
    var recorded = account.the("RolePolicy", role + "-controller");
    assertThat(recorded.inputs().get("policy").toString()).hasSizeLessThan(LONGEST);
    var found = new TreeSet<String>();
    for (var statement : recorded.json("policy").at("/Statement")) {
      assertThat(statement.at("/Effect").textValue()).isEqualTo("Allow");
      texts(statement.at("/Action")).forEach(action -> assertThat(action).doesNotContain("*"));
      if (texts(statement.at("/Resource")).contains("*")) {
        found.add(statement.at("/Sid").textValue());
      }
    }
    assertThat(found).isEqualTo(aboutEverything);
  }

  static JsonNode statement(RecordedAccount account, String role, String sid) {
    for (var statement :
        account.the("RolePolicy", role + "-controller").json("policy").at("/Statement")) {
      if (statement.at("/Sid").textValue().equals(sid)) {
        return statement;
      }
    }
    throw new AssertionError("no statement " + sid);
  }

  static List<String> texts(JsonNode node) {
    if (node.isTextual()) {
      return List.of(node.textValue());
    }
    var texts = new ArrayList<String>();
    node.forEach(one -> texts.add(one.textValue()));
    return texts;
  }
}
