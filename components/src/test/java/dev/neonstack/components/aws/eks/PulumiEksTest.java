package dev.neonstack.components.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the bindings with what the plugin's schema says of its components. */
final class PulumiEksTest {
  private static final JsonNode PLUGIN = plugin();

  @Test
  void theInterfaceIsThatOfThePinnedPlugin() {
    assertThat(PLUGIN.get("plugin").textValue()).isEqualTo(PulumiEks.PLUGIN);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void everyInputIsOneOfThePluginAndPlainWhereItAsksForIt(String type, Class<?> binding) {
    var inputs = PLUGIN.get("inputs").get(type);
    var bound = new TreeSet<String>();
    for (var field : binding.getDeclaredFields()) {
      var input = field.getAnnotation(Import.class);
      if (input != null) {
        bound.add(input.name());
        assertThat(inputs.has(input.name())).as(input.name()).isTrue();
        var flags = inputs.get(input.name()).textValue();
        assertThat(field.getType().equals(Output.class))
            .as("%s is not plain", input.name())
            .isEqualTo(!flags.contains("plain"));
        assertThat(input.required()).as(input.name()).isEqualTo(flags.contains("required"));
      }
    }
    for (var input : inputs.properties()) {
      if (input.getValue().textValue().contains("required")) {
        assertThat(bound).contains(input.getKey());
      }
    }
    assertThat(bound).isNotEmpty();
  }

  static Iterable<Arguments> inputs() {
    return Map.of(
            "eks:index:Cluster", RemoteCluster.Args.class,
            "eks:index:ManagedNodeGroup", RemoteNodeGroup.Args.class,
            "eks:index:Addon", RemoteAddon.Args.class,
            "eks:index:AccessEntry", RemoteCluster.AccessEntry.class,
            "eks:index:AccessPolicyAssociation", RemoteCluster.AccessPolicyAssociation.class,
            "eks:index:VpcCniOptions", RemoteCluster.VpcCniOptions.class,
            "eks:index:KubeProxyAddonOptions", RemoteCluster.AddonOptions.class,
            "eks:index:CoreDnsAddonOptions", RemoteCluster.AddonOptions.class)
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Test
  void everyOutputIsOneOfThePlugin() {
    var outputs = PLUGIN.get("outputs").get("eks:index:Cluster");
    var bound =
        Arrays.stream(RemoteCluster.class.getDeclaredFields())
            .map(field -> field.getAnnotation(Export.class))
            .filter(output -> output != null)
            .map(Export::name)
            .toList();

    assertThat(bound).isNotEmpty();
    assertThat(outputs).extracting(JsonNode::textValue).containsAll(bound);
  }

  private static JsonNode plugin() {
    try (var file = PulumiEksTest.class.getResourceAsStream("/pulumi-eks-4.3.0.json")) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
