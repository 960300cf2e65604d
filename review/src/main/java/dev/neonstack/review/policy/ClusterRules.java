package dev.neonstack.review.policy;

import static dev.neonstack.review.policy.CheckedRule.rule;
import static dev.neonstack.review.policy.Declarations.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Declared;
import dev.neonstack.review.EksSupport;
import dev.neonstack.review.Values;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for EKS. */
final class ClusterRules {
  private static final String COMPONENT = "eks:index:Cluster";
  private static final List<String> CLUSTERS = List.of(aws("eks", "Cluster"), COMPONENT);
  private static final Set<String> WORLD = Set.of("0.0.0.0/0", "::/0");
  private static final Set<String> LOGS = Set.of("api", "audit", "authenticator");

  private ClusterRules() {}

  static List<CheckedRule> all() {
    return List.of(
        rule("eks-private-endpoint", "no public endpoint, or one for listed CIDRs")
            .because("Every flaw of the API server would be one for the whole internet.")
            .change(
                "Set endpointPublicAccess false, or publicAccessCidrs to the networks you come from.",
                (all, profile) -> all.of(CLUSTERS).flatMap(ClusterRules::endpoint)),
        rule("eks-logs", "api, audit and authenticator")
            .because("Without them nobody can say afterwards who did what.")
            .change(
                "Set enabledClusterLogTypes to at least these.",
                Check.each(CLUSTERS, "enabledClusterLogTypes", ClusterRules::hasLogs)),
        rule("eks-version", "a version in standard support")
            .because(
                "Out of it a cluster costs six times as much, and later none can be made at all.")
            .change(
                "Set version to a newer one, 1.36 for example.",
                (all, profile) -> all.of(CLUSTERS).flatMap(one -> version(one, profile))),
        rule("eks-secrets-encrypted", "a KMS key for Kubernetes secrets")
            .because("The keys of the storage and the passwords of the roles are among them.")
            .change(
                "Set encryptionConfigKeyArn (aws.eks: encryptionConfig) to a key of yours.",
                (all, profile) -> all.of(CLUSTERS).flatMap(ClusterRules::secrets)),
        rule("eks-deletion-protection", "deletionProtection true")
            .because("One call could take the cluster away under the storage.")
            .inProduction()
            .change(
                "Set deletionProtection true.",
                Check.each(CLUSTERS, "deletionProtection", Finding.is("true"))));
  }

  private static boolean isComponent(Declared cluster) {
    return cluster.type().equals(COMPONENT);
  }

  private static Stream<Finding> secrets(Declared cluster) {
    var path = isComponent(cluster) ? "encryptionConfigKeyArn" : "encryptionConfig";
    return Finding.unless(cluster, path, Finding.present());
  }

  /** Amazon's default is a public endpoint for everybody. */
  private static Stream<Finding> endpoint(Declared cluster) {
    var prefix = isComponent(cluster) ? "" : "vpcConfig.";
    var open = cluster.input(prefix + "endpointPublicAccess");
    if (Values.isHidden(open) || open.asText().equals("false")) {
      return Stream.empty();
    }
    return Finding.unless(
        cluster,
        prefix + "publicAccessCidrs",
        cidrs ->
            cidrs.isArray()
                && !cidrs.isEmpty()
                && cidrs.valueStream().noneMatch(cidr -> WORLD.contains(cidr.asText())));
  }

  private static boolean hasLogs(JsonNode types) {
    return types.valueStream().map(JsonNode::asText).collect(Collectors.toSet()).containsAll(LOGS);
  }

  private static Stream<Finding> version(Declared cluster, Profile profile) {
    var version = cluster.input("version");
    if (Values.isHidden(version)) {
      return Stream.empty();
    }
    if (Values.isAbsent(version)) {
      return Stream.of(Finding.of(cluster, "version", version));
    }
    return EksSupport.of(version.asText())
        .filter(support -> !support.isStandard(profile.today()))
        .map(
            support ->
                new Finding(
                    cluster,
                    "version is '%s', whose standard support ended on %s"
                        .formatted(version.asText(), support.standardEnd())))
        .stream();
  }
}
