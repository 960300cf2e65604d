package dev.neonstack.review.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Values;
import java.util.List;

/** The statements of an IAM policy. */
final class PolicyDocument {
  private PolicyDocument() {}

  /** Those of a document or of a text that holds one; none of one that is hidden. */
  static List<Statement> of(JsonNode value) {
    return Declarations.each(Values.document(value).path("Statement")).map(Statement::new).toList();
  }
}
