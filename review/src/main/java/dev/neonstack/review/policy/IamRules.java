package dev.neonstack.review.policy;

import static dev.neonstack.review.policy.CheckedRule.rule;
import static dev.neonstack.review.policy.Declarations.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Declared;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for what roles may do and who may take them. */
final class IamRules {
  private static final String ROLE = aws("iam", "Role");
  private static final List<String> POLICIES =
      List.of(
          aws("iam", "Policy"),
          aws("iam", "RolePolicy"),
          aws("iam", "UserPolicy"),
          aws("iam", "GroupPolicy"));
  private static final String ATTACHMENT = aws("iam", "RolePolicyAttachment");
  private static final Pattern ANY_ACTION = Pattern.compile("\\*|[A-Za-z0-9-]+:\\*");
  private static final Pattern ANY_RESOURCE =
      Pattern.compile("\\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:\\*");
  private static final Pattern BROAD_POLICY =
      Pattern.compile(".*/([A-Za-z0-9]+FullAccess|AdministratorAccess|PowerUserAccess)");
  private static final Pattern ONE_ACCOUNT =
      Pattern.compile("system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+");

  /** Actions for which IAM knows no resource, or which only read names and settings. */
  private static final Map<String, String> WITHOUT_RESOURCE =
      Map.ofEntries(
          Map.entry("acm:(Describe|List)[A-Za-z*]*", "lists certificates, not their keys"),
          Map.entry("autoscaling:Describe[A-Za-z*]*", "IAM knows no resource for it"),
          Map.entry("cloudwatch:PutMetricData", "IAM knows no resource for it"),
          Map.entry("ec2:Describe[A-Za-z*]*", "IAM knows no resource for it"),
          Map.entry(
              "ec2:Get(CoipPoolUsage|InstanceTypesFrom[A-Za-z]*|SecurityGroupsForVpc)",
              "only reads"),
          Map.entry("ecr:GetAuthorizationToken", "IAM knows no resource for it"),
          Map.entry("eks:(Describe|List)[A-Za-z*]*", "only reads names and settings"),
          Map.entry("elasticloadbalancing:Describe[A-Za-z*]*", "IAM knows no resource for it"),
          Map.entry(
              "iam:List(InstanceProfiles|ServerCertificates)", "IAM knows no resource for it"),
          Map.entry("logs:DescribeLogGroups", "IAM knows no resource for it"),
          Map.entry("route53:ListHostedZones", "IAM knows no resource for it"),
          Map.entry("pricing:GetProducts", "IAM knows no resource for it"),
          Map.entry("sts:GetCallerIdentity", "IAM knows no resource for it"));

  private static final Pattern READS =
      Pattern.compile(String.join("|", WITHOUT_RESOURCE.keySet().stream().sorted().toList()));

  private IamRules() {}

  static List<CheckedRule> all() {
    return List.of(
        rule("iam-no-wildcard", "named actions on named resources, or a condition")
            .because("A pod that was taken over can do what its role can do.")
            .change(
                "Name the actions and the ARNs they are needed for.",
                (all, profile) -> wildcards(all)),
        rule("irsa-one-account", "exactly one service account and the audience sts.amazonaws.com")
            .because("Another pod of the cluster could take the role.")
            .change(
                "Trust with StringEquals on <issuer>:sub (system:serviceaccount:NAMESPACE:NAME) and on <issuer>:aud.",
                (all, profile) -> all.of(ROLE).flatMap(IamRules::trust)));
  }

  private static Stream<Finding> wildcards(Declarations all) {
    var own = all.of(POLICIES).flatMap(one -> statements(one, one.input("policy")));
    var inline =
        all.of(ROLE)
            .flatMap(
                role ->
                    Declarations.each(role.input("inlinePolicies"))
                        .flatMap(policy -> statements(role, policy.path("policy"))));
    var attached =
        all.of(ATTACHMENT).flatMap(one -> broad(one, "policyArn", one.input("policyArn")));
    var managed =
        all.of(ROLE)
            .flatMap(
                role ->
                    role.input("managedPolicyArns")
                        .valueStream()
                        .flatMap(arn -> broad(role, "managedPolicyArns", arn)));
    return Stream.of(own, inline, attached, managed).flatMap(part -> part);
  }

  private static Stream<Finding> broad(Declared resource, String path, JsonNode arn) {
    return BROAD_POLICY.matcher(arn.asText()).matches()
        ? Stream.of(Finding.of(resource, path, arn))
        : Stream.empty();
  }

  private static Stream<Finding> statements(Declared resource, JsonNode policy) {
    return PolicyDocument.of(policy).stream()
        .filter(Statement::isAllow)
        .flatMap(statement -> wildcards(resource, statement));
  }

  private static Stream<Finding> wildcards(Declared resource, Statement statement) {
    if (statement.excludes()) {
      return Stream.of(
          new Finding(resource, "a statement allows all but NotAction or NotResource"));
    }
    var broad =
        statement.actions().stream()
            .filter(action -> ANY_ACTION.matcher(action).matches())
            .toList();
    if (!broad.isEmpty()) {
      return Stream.of(new Finding(resource, "Action is " + broad));
    }
    var anywhere =
        statement.resources().stream().anyMatch(arn -> ANY_RESOURCE.matcher(arn).matches());
    var writes =
        statement.actions().stream().filter(action -> !READS.matcher(action).matches()).toList();
    return anywhere && !statement.isConditional() && !writes.isEmpty()
        ? Stream.of(new Finding(resource, "Resource is '*' for " + writes))
        : Stream.empty();
  }

  private static Stream<Finding> trust(Declared role) {
    return PolicyDocument.of(role.input("assumeRolePolicy")).stream()
        .filter(Statement::isAllow)
        .flatMap(statement -> trust(role, statement));
  }

  private static Stream<Finding> trust(Declared role, Statement statement) {
    if (statement.isForEverybody()) {
      return Stream.of(new Finding(role, "the trust policy names everybody"));
    }
    if (!statement.actions().contains("sts:AssumeRoleWithWebIdentity")) {
      return Stream.empty();
    }
    var subjects = statement.equalTo(":sub").orElse(List.of());
    var isOne = subjects.size() == 1 && ONE_ACCOUNT.matcher(subjects.get(0)).matches();
    var audience = statement.equalTo(":aud").orElse(List.of());
    return isOne && audience.equals(List.of("sts.amazonaws.com"))
        ? Stream.empty()
        : Stream.of(
            new Finding(
                role, "the trust policy wants sub %s and aud %s".formatted(subjects, audience)));
  }
}
