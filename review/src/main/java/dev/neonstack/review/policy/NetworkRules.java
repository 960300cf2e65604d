package dev.neonstack.review.policy;

import static dev.neonstack.review.policy.CheckedRule.rule;
import static dev.neonstack.review.policy.Declarations.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Declared;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Rules for VPCs and security groups. */
final class NetworkRules {
  private static final Set<String> WORLD = Set.of("0.0.0.0/0", "::/0");

  private NetworkRules() {}

  static List<CheckedRule> all() {
    return List.of(
        rule("sg-not-world", "the whole internet on the load balancer's port only")
            .because("Nothing but the proxy is made to meet strangers.")
            .change(
                "Name the networks or the security group that need it.", NetworkRules::openings),
        rule("flow-logs", "a flow log for every VPC")
            .because("After a break-in it shows who talked to whom.")
            .inProduction()
            .change(
                "Add an aws.ec2.FlowLog with the id of the VPC.",
                (all, profile) ->
                    all.of(aws("ec2", "Vpc"))
                        .filter(vpc -> !hasFlowLog(all, vpc))
                        .map(vpc -> new Finding(vpc, "the flow log is missing"))));
  }

  private static boolean hasFlowLog(Declarations all, Declared vpc) {
    return all.of(aws("ec2", "FlowLog"))
        .anyMatch(log -> log.refersTo(vpc, "vpcId") || log.references().isEmpty());
  }

  private static Stream<Finding> openings(Declarations all, Profile profile) {
    var inline =
        all.of(aws("ec2", "SecurityGroup"))
            .flatMap(
                group ->
                    Declarations.each(group.input("ingress"))
                        .flatMap(opening -> world(group, opening, profile)));
    var rules =
        all.of(aws("ec2", "SecurityGroupRule"))
            .filter(one -> one.input("type").asText().equals("ingress"))
            .flatMap(one -> world(one, one.inputs(), profile));
    var singles =
        all.of(aws("vpc", "SecurityGroupIngressRule"))
            .flatMap(one -> world(one, one.inputs(), profile));
    return Stream.of(inline, rules, singles).flatMap(part -> part);
  }

  private static Stream<Finding> world(Declared resource, JsonNode opening, Profile profile) {
    var isWorld =
        Stream.of("cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6")
            .map(opening::path)
            .flatMap(value -> value.isArray() ? value.valueStream() : Stream.of(value))
            .anyMatch(cidr -> WORLD.contains(cidr.asText()));
    var from = opening.path("fromPort");
    var to = opening.path("toPort");
    var isPublic =
        from.isNumber()
            && from.asInt() == to.asInt(-1)
            && profile.publicPorts().contains(from.asInt());
    return isWorld && !isPublic
        ? Stream.of(
            new Finding(
                resource,
                "ports %s to %s are open to the world"
                    .formatted(from.asText("all"), to.asText("all"))))
        : Stream.empty();
  }
}
