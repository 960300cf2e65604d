package dev.neonstack.review.policy;

import static dev.neonstack.review.policy.CheckedRule.rule;
import static dev.neonstack.review.policy.Declarations.aws;

import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import java.util.List;
import java.util.stream.Stream;

/** Rules for machines and their disks. */
final class NodeRules {
  static final String VOLUME = aws("ebs", "Volume");

  private static final String TEMPLATE = aws("ec2", "LaunchTemplate");
  private static final String INSTANCE = aws("ec2", "Instance");
  private static final String COMPONENT = "eks:index:ManagedNodeGroup";
  private static final List<String> GROUPS = List.of(aws("eks", "NodeGroup"), COMPONENT);
  private static final String CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
  private static final String EBS_DRIVER = "ebs.csi.aws.com";

  private NodeRules() {}

  static List<CheckedRule> all() {
    return List.of(
        rule("imdsv2", "session tokens (IMDSv2) for instance metadata")
            .because("A pod that can be made to fetch a URL would hand out the role of its node.")
            .change(
                "Give the node group a launch template whose metadataOptions.httpTokens is required.",
                (all, profile) ->
                    Stream.concat(
                        all.of(TEMPLATE, INSTANCE)
                            .flatMap(
                                one ->
                                    Finding.unless(
                                        one, "metadataOptions.httpTokens", Finding.is("required"))),
                        all.of(GROUPS).flatMap(NodeRules::metadata))),
        rule("volumes-encrypted", "encrypted volumes")
            .because("Snapshots and disks that are given back hold the data.")
            .change(
                "Set encrypted true: on the volume, on each block device of the launch template, in the parameters of the storage class.",
                NodeRules::volumes));
  }

  private static Stream<Finding> metadata(Declared group) {
    var hasOwn = group.input("enableIMDSv2").asText().equals("true");
    return hasOwn ? Stream.empty() : Finding.unless(group, "launchTemplate", Finding.present());
  }

  private static Stream<Finding> volumes(Declarations all, Profile profile) {
    var disks = all.of(VOLUME).flatMap(one -> Finding.unless(one, "encrypted", Finding.is("true")));
    var instances =
        all.of(INSTANCE)
            .flatMap(one -> Finding.unless(one, "rootBlockDevice.encrypted", Finding.is("true")));
    var classes =
        all.of(CLASS)
            .filter(one -> one.input("provisioner").asText().equals(EBS_DRIVER))
            .flatMap(one -> Finding.unless(one, "parameters.encrypted", Finding.is("true")));
    var groups =
        all.of(GROUPS).flatMap(one -> Finding.unless(one, "launchTemplate", Finding.present()));
    return Stream.of(
            disks, instances, classes, groups, all.of(TEMPLATE).flatMap(NodeRules::devices))
        .flatMap(part -> part);
  }

  private static Stream<Finding> devices(Declared template) {
    var devices = template.input("blockDeviceMappings");
    if (Values.isHidden(devices)) {
      return Stream.empty();
    }
    if (devices.isEmpty()) {
      return Stream.of(Finding.of(template, "blockDeviceMappings", devices));
    }
    return Declarations.each(devices)
        .filter(device -> device.has("ebs"))
        .map(device -> Values.at(device, "ebs.encrypted"))
        .filter(encrypted -> !Values.isHidden(encrypted) && !encrypted.asText().equals("true"))
        .map(encrypted -> Finding.of(template, "blockDeviceMappings.ebs.encrypted", encrypted));
  }
}
