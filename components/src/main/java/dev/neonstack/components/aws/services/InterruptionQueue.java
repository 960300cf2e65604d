package dev.neonstack.components.aws.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.aws.cloudwatch.EventRule;
import com.pulumi.aws.cloudwatch.EventRuleArgs;
import com.pulumi.aws.cloudwatch.EventTarget;
import com.pulumi.aws.cloudwatch.EventTargetArgs;
import com.pulumi.aws.sqs.Queue;
import com.pulumi.aws.sqs.QueueArgs;
import com.pulumi.aws.sqs.QueuePolicy;
import com.pulumi.aws.sqs.QueuePolicyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.aws.iam.Condition;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.Principal;
import dev.neonstack.components.aws.iam.Resources;
import dev.neonstack.components.aws.iam.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where EC2's notices go that a machine will soon be taken away, so that Karpenter drains it in
 * time.
 */
public final class InterruptionQueue extends ComponentResource {
  /** A notice is of no use when the machine is gone. */
  private static final int KEPT_SECONDS = 300;

  private static final String EC2 = "aws.ec2";

  private static final Map<String, Notice> NOTICES =
      new TreeMap<>(
          Map.of(
              "maintenance", new Notice("aws.health", "AWS Health Event"),
              "rebalance", new Notice(EC2, "EC2 Instance Rebalance Recommendation"),
              "spot", new Notice(EC2, "EC2 Spot Instance Interruption Warning"),
              "state", new Notice(EC2, "EC2 Instance State-change Notification")));

  private final Queue queue;

  private record Notice(String source, String kind) {
    String pattern() {
      var pattern = new TreeMap<String, Object>();
      pattern.put("source", List.of(source));
      pattern.put("detail-type", List.of(kind));
      try {
        return new ObjectMapper().writeValueAsString(pattern);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a pattern of events could not be written as JSON", e);
      }
    }
  }

  /** Declares the queue and what fills it. */
  public InterruptionQueue(
      String name, Map<String, String> tags, ComponentResourceOptions options) {
    super("neonstack:aws:InterruptionQueue", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    this.queue =
        new Queue(
            name,
            QueueArgs.builder()
                .messageRetentionSeconds(KEPT_SECONDS)
                .sqsManagedSseEnabled(true)
                .tags(tags)
                .build(),
            child);
    var rules = new ArrayList<Output<String>>();
    NOTICES.forEach((key, notice) -> rules.add(rule(name + "-" + key, notice, tags, child)));
    new QueuePolicy(
        name,
        QueuePolicyArgs.builder()
            .queueUrl(queue.url())
            .policy(policy(queue.arn(), rules).json())
            .build(),
        child);
    registerOutputs(Map.of("arn", queue.arn()));
  }

  Output<String> queueName() {
    return queue.name();
  }

  Output<String> arn() {
    return queue.arn();
  }

  private Output<String> rule(
      String name, Notice notice, Map<String, String> tags, CustomResourceOptions child) {
    var rule =
        new EventRule(
            name, EventRuleArgs.builder().eventPattern(notice.pattern()).tags(tags).build(), child);
    new EventTarget(
        name, EventTargetArgs.builder().rule(rule.name()).arn(queue.arn()).build(), child);
    return rule.arn();
  }

  static PolicyDocument policy(Output<String> queueArn, List<Output<String>> ruleArns) {
    return PolicyDocument.of(
        Statement.allow(
                "Notices",
                List.of("sqs:SendMessage"),
                Resources.of(queueArn),
                new Condition("ArnEquals", Output.of("aws:SourceArn"), ruleArns))
            .by(Principal.service("events.amazonaws.com")),
        Statement.deny(
                "Plaintext",
                List.of("sqs:*"),
                Resources.of(queueArn),
                Condition.of("Bool", "aws:SecureTransport", "false"))
            .by(Principal.anyone()));
  }
}
