package dev.neonstack.review.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Machines and their root volumes. */
final class NodeCosts {
  private static final String GROUP = "aws:eks/nodeGroup:NodeGroup";
  private static final String COMPONENT = "eks:index:ManagedNodeGroup";
  private static final String TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
  private static final String INSTANCE = "aws:ec2/instance:Instance";
  private static final String DEFAULT_TYPE = "t3.medium";
  private static final int DEFAULT_SIZE = 2;
  private static final BigDecimal DEFAULT_DISK = BigDecimal.valueOf(20);
  private static final String ROOT = "gp3";

  private final Bill bill;

  NodeCosts(Bill bill) {
    this.bill = bill;
  }

  void add() {
    bill.of(GROUP, COMPONENT).forEach(this::group);
    bill.of(INSTANCE).forEach(this::instance);
    if (bill.of("kubernetes:karpenter.sh/v1:NodePool").findAny().isPresent()) {
      bill.leaveOut("nodes that Karpenter starts when computes need them");
    }
  }

  private void instance(Declared instance) {
    var type = instance.input("instanceType").asText();
    bill.add("Instance " + instance.name(), BigDecimal.ONE, type, "ec2." + type, "");
  }

  private void group(Declared group) {
    var what = "Node group " + group.name();
    var template = template(group);
    var type = type(group, template);
    var desired = group.input("scalingConfig.desiredSize");
    if (Values.isHidden(desired) || Values.isUnknown(type)) {
      bill.addWithoutPrice(what, BigDecimal.ZERO, "instance", "size or type is known after up");
      return;
    }
    var count = BigDecimal.valueOf(desired.asInt(DEFAULT_SIZE));
    bill.add(what, count, type.asText(), "ec2." + type.asText(), note(group));
    disks(group, template, count);
  }

  private Optional<Declared> template(Declared group) {
    var possible = bill.of(TEMPLATE).filter(one -> group.refersTo(one, "launchTemplate")).toList();
    // pulumi-eks names the template for its group, which decides where references are not known.
    return possible.stream()
        .filter(one -> one.name().startsWith(group.name() + "-"))
        .findFirst()
        .or(() -> possible.stream().findFirst());
  }

  private static JsonNode type(Declared group, Optional<Declared> template) {
    var types = group.input("instanceTypes");
    if (!Values.isHidden(types) && types.isEmpty()) {
      return template
          .map(one -> one.input("instanceType"))
          .filter(type -> !Values.isAbsent(type))
          .orElseGet(() -> TextNode.valueOf(DEFAULT_TYPE));
    }
    return Values.isHidden(types) ? Values.unknown() : types.path(0);
  }

  private static String note(Declared group) {
    var notes = new ArrayList<String>();
    var types = group.input("instanceTypes");
    if (types.size() > 1) {
      notes.add("the first of " + types.valueStream().map(JsonNode::asText).toList());
    }
    var least = group.input("scalingConfig.minSize").asInt();
    var most = group.input("scalingConfig.maxSize").asInt();
    if (most > least) {
      notes.add("may be " + least + " to " + most + " nodes");
    }
    if (group.input("capacityType").asText().equals("SPOT")) {
      notes.add("spot instances cost less");
    }
    return String.join("; ", notes);
  }

  private void disks(Declared group, Optional<Declared> template, BigDecimal count) {
    var what = "Root volumes of " + group.name();
    var devices =
        template
            .map(one -> one.input("blockDeviceMappings"))
            .filter(list -> list.isArray() && !list.isEmpty())
            .map(list -> list.valueStream().map(device -> device.path("ebs")).toList())
            .orElse(List.of());
    if (devices.isEmpty()) {
      var size = group.input("diskSize");
      var gib = size.isNumber() ? size.decimalValue() : DEFAULT_DISK;
      new Volume(what, count, gib, ROOT, Optional.empty(), Optional.empty()).addTo(bill);
      return;
    }
    for (var index = 0; index < devices.size(); index++) {
      var device = devices.get(index);
      new Volume(
              index == 0 ? what : what + " (" + (index + 1) + ")",
              count,
              device.path("volumeSize").isNumber()
                  ? device.path("volumeSize").decimalValue()
                  : DEFAULT_DISK,
              device.path("volumeType").asText(ROOT),
              Volume.number(device.path("iops")),
              Volume.number(device.path("throughput")))
          .addTo(bill);
    }
  }
}
