package dev.neonstack.it.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Problems;
import dev.neonstack.it.standin.ResourcePlugin;
import dev.neonstack.it.standin.Wire;

/**
 * Stands in for Pulumi's plugin for AWS. It refuses inputs that break AWS's rules as far as its
 * tables know them, makes up what AWS would answer, and keeps what is made in memory until this
 * process ends. It knows the types and functions that components of this repository use, and
 * refuses others. Limits, prices, permissions and the time things take are not played at all.
 */
final class AwsStandIn extends ResourcePlugin {
  private final AwsResources resources;
  private final AwsFunctions functions;

  AwsStandIn() {
    this(new AwsResources());
  }

  private AwsStandIn(AwsResources resources) {
    super(resources);
    this.resources = resources;
    this.functions = new AwsFunctions(resources);
  }

  Account account() {
    return resources.account();
  }

  /** The real plugin would take the region from a profile or the environment as well. */
  @Override
  protected void checkConfig(ObjectNode config, Problems problems) {
    var region = config.path("region");
    if (!Wire.hasUnknown(region) && !region.asText().matches("[a-z]{2}(-[a-z]+)+-\\d")) {
      problems.add("region", "is '" + region.asText() + "'; expected a region such as us-east-1");
    }
  }

  @Override
  protected void configure(ObjectNode config) {
    var tags = object(Wire.plain(config).path("defaultTags")).path("tags");
    resources.configure(
        config.path("region").asText(),
        tags.isObject() ? tags : new ObjectMapper().createObjectNode());
  }

  /** An object in a configuration comes as JSON in a text. */
  private static JsonNode object(JsonNode given) {
    try {
      return given.isTextual() ? new ObjectMapper().readTree(given.asText()) : given;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("defaultTags are no JSON", e);
    }
  }

  @Override
  protected ObjectNode call(String function, ObjectNode arguments) {
    return functions.call(function, Wire.plain(arguments));
  }
}
