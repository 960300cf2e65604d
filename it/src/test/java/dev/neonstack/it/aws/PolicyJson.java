package dev.neonstack.it.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether AWS would take a text for a policy of some kind; not what the policy allows. */
enum PolicyJson {
  /** Who may assume a role. */
  TRUST(2048, true, false),
  /** What an identity may do: a policy of its own. */
  IDENTITY(6144, false, true),
  /** The same, as a part of a role. */
  INLINE(10_240, false, true),
  /** Who may do what with a resource. */
  RESOURCE(20_480, true, true);

  private static final String VERSION = "2012-10-17";
  private static final Set<String> KEYS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Pattern SID = Pattern.compile("[0-9A-Za-z]*");
  private static final Pattern ACTION = Pattern.compile("\\*|[a-z0-9-]+:[A-Za-z0-9*?]+");
  private static final Pattern RESOURCE_NAME = Pattern.compile("\\*|arn:\\S+");

  private final int maxCharacters;
  private final boolean principal;
  private final boolean resource;

  PolicyJson(int maxCharacters, boolean principal, boolean resource) {
    this.maxCharacters = maxCharacters;
    this.principal = principal;
    this.resource = resource;
  }

  /** What is wrong with it; nothing when it is fine. */
  Optional<String> problem(String text) {
    try {
      var policy = new ObjectMapper().readTree(text);
      if (!policy.path("Version").asText().equals(VERSION)) {
        return Optional.of("is a policy without Version " + VERSION);
      }
      if (text.replaceAll("\\s", "").length() > maxCharacters) {
        return Optional.of("is a policy of more than " + maxCharacters + " characters");
      }
      return statements(policy.path("Statement"));
    } catch (JsonProcessingException e) {
      return Optional.of("is a policy that is no JSON: " + e.getOriginalMessage());
    }
  }

  private Optional<String> statements(JsonNode given) {
    var statements = list(given);
    if (statements.isEmpty()) {
      return Optional.of("is a policy without Statement");
    }
    var sids = new HashSet<String>();
    for (var statement : statements) {
      var sid = statement.path("Sid").asText();
      if (!SID.matcher(sid).matches() || (!sid.isEmpty() && !sids.add(sid))) {
        return Optional.of("has a Sid that is no word or stands there twice: '" + sid + "'");
      }
      var problem = statement(statement);
      if (problem.isPresent()) {
        return problem.map(what -> what + " in " + statement);
      }
    }
    return Optional.empty();
  }

  private Optional<String> statement(JsonNode statement) {
    for (var field : statement.properties()) {
      if (!KEYS.contains(field.getKey())) {
        return Optional.of("has '" + field.getKey() + "', which no statement has,");
      }
    }
    if (!statement.path("Effect").asText().matches("Allow|Deny")) {
      return Optional.of("has neither Effect Allow nor Deny");
    }
    if (either(statement, "Principal") != principal || either(statement, "Resource") != resource) {
      return Optional.of(
          "is a policy of kind " + name() + " with a wrong set of Principal and Resource");
    }
    if (!all(statement, "Action", ACTION) || !either(statement, "Action")) {
      return Optional.of("has no Action such as s3:GetObject");
    }
    if (!all(statement, "Resource", RESOURCE_NAME)) {
      return Optional.of("has a Resource that is no ARN");
    }
    return Optional.empty();
  }

  /** A thing or everything but it. */
  private static boolean either(JsonNode statement, String name) {
    return statement.hasNonNull(name) != statement.hasNonNull("Not" + name);
  }

  private static boolean all(JsonNode statement, String name, Pattern pattern) {
    var values = new ArrayList<>(list(statement.path(name)));
    values.addAll(list(statement.path("Not" + name)));
    return values.stream().allMatch(value -> pattern.matcher(value.asText()).matches());
  }

  private static List<JsonNode> list(JsonNode given) {
    var list = new ArrayList<JsonNode>();
    if (given.isArray()) {
      given.forEach(list::add);
    } else if (!given.isMissingNode()) {
      list.add(given);
    }
    return list;
  }
}
