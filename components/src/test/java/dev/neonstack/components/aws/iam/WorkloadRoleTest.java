package dev.neonstack.components.aws.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.aws.RecordedAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkloadRoleTest {
  private static final String ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/0123";
  private static final String PROVIDER = "arn:aws:iam::123456789012:oidc-provider/" + ISSUER;
  private static final PolicyDocument READ =
      PolicyDocument.of(
          Statement.allow("Read", List.of("s3:GetObject"), Resources.of("arn:aws:s3:::a/*")));

  private final RecordedAccount account = new RecordedAccount();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void onlyTokensOfTheNamedServiceAccountAreTrusted() {
    declare(WorkloadIdentity.IRSA, Optional.empty());

    assertThat(account.the("Role", "pageserver").inputs().get("assumeRolePolicy"))
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"ServiceAccount\","
                + "\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\""
                + PROVIDER
                + "\"},\"Action\":[\"sts:AssumeRoleWithWebIdentity\"],"
                + "\"Condition\":{\"StringEquals\":{\""
                + ISSUER
                + ":aud\":[\"sts.amazonaws.com\"],\""
                + ISSUER
                + ":sub\":[\"system:serviceaccount:neon:pageserver-sa\"]}}}]}");
    assertThat(account.names())
        .containsExactly(
            "Role pageserver", "RolePolicy pageserver-read", "RolePolicyAttachment pageserver-aws");
  }

  @Test
  void theAgentIsTrustedForPodsOfTheNamedServiceAccountOnly() {
    declare(WorkloadIdentity.POD_IDENTITY, Optional.empty());

    var statement =
        account.the("Role", "pageserver").json("assumeRolePolicy").at("/Statement").get(0);
    assertThat(statement.at("/Principal/Service").textValue()).isEqualTo("pods.eks.amazonaws.com");
    assertThat(statement.at("/Action").toString())
        .isEqualTo("[\"sts:AssumeRole\",\"sts:TagSession\"]");
    assertThat(statement.at("/Condition/StringEquals").toString())
        .isEqualTo(
            "{\"aws:RequestTag/eks-cluster-name\":[\"one\"],"
                + "\"aws:RequestTag/kubernetes-namespace\":[\"neon\"],"
                + "\"aws:RequestTag/kubernetes-service-account\":[\"pageserver-sa\"]}");
  }

  @Test
  void theAgentIsToldWhichRoleTheServiceAccountHas() {
    var annotations = declare(WorkloadIdentity.POD_IDENTITY, Optional.empty());

    assertThat(annotations).isEmpty();
    assertThat(account.the("PodIdentityAssociation", "pageserver").inputs())
        .isEqualTo(
            Map.of(
                "clusterName", "one",
                "namespace", "neon",
                "serviceAccount", "pageserver-sa",
                "roleArn", "arn:aws:iam::123456789012:role/pageserver"));
  }

  @Test
  void theServiceAccountIsAnnotatedWithTheRole() {
    var annotations = declare(WorkloadIdentity.IRSA, Optional.empty());

    assertThat(PulumiTest.extractValue(annotations.orElseThrow()))
        .isEqualTo(
            Map.of("eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/pageserver"));
  }

  @Test
  void theRoleHasItsPoliciesAndItsBoundary() {
    var boundary = "arn:aws:iam::123456789012:policy/boundary";
    declare(WorkloadIdentity.IRSA, Optional.of(Output.of(boundary)));

    assertThat(account.the("Role", "pageserver").at("permissionsBoundary")).isEqualTo(boundary);
    var attached = account.the("RolePolicyAttachment", "pageserver-aws");
    assertThat(attached.at("policyArn")).isEqualTo("arn:aws:iam::aws:policy/Some");
    assertThat(attached.at("role")).isEqualTo("pageserver");
    var inline = account.the("RolePolicy", "pageserver-read");
    assertThat(inline.at("role")).isEqualTo("pageserver");
    assertThat(inline.at("policy")).isEqualTo(PulumiTest.extractValue(READ.json()));
  }

  @Test
  void everythingBelongsToTheRole() {
    declare(WorkloadIdentity.POD_IDENTITY, Optional.empty());

    assertThat(account.parents().values()).hasSize(4).containsOnly("WorkloadRole pageserver");
  }

  @Test
  void aRoleWithoutPoliciesIsRefused() {
    assertThatThrownBy(() -> new Permissions(Map.of(), Map.of()))
        .hasMessage("a role has no policies; expected one or more");
  }

  @Test
  void aNameThatWouldReachOtherServiceAccountsIsRefused() {
    assertThatThrownBy(() -> new ServiceAccountRef("neon", "*"))
        .hasMessageContaining("name of a service account is '*'; expected lower case letters");
    assertThatThrownBy(() -> new ServiceAccountRef("neon:other", "a"))
        .hasMessageContaining("namespace of a service account is 'neon:other'; expected");
  }

  private Optional<Output<Map<String, String>>> declare(
      WorkloadIdentity identity, Optional<Output<String>> boundary) {
    var permissions =
        new Permissions(
            Map.of("aws", Output.of("arn:aws:iam::aws:policy/Some")), Map.of("read", READ));
    var spec =
        new WorkloadRole.Spec(
            new ServiceAccountRef("neon", "pageserver-sa"),
            identity,
            new ClusterIdentity(Output.of("one"), Output.of(PROVIDER), Output.of(ISSUER)),
            permissions,
            boundary);
    var annotations = new ArrayList<Optional<Output<Map<String, String>>>>();
    account.run(
        context -> annotations.add(new WorkloadRole("pageserver", spec, null).annotations()));
    return annotations.get(0);
  }
}
