package dev.neonstack.it.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.it.standin.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EksInterfaceTest {
  private final EksInterface declared = new EksInterface();

  private static ObjectNode inputs(String yaml) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(yaml.replace("UNKNOWN", Wire.UNKNOWN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String problems(String component, String yaml) {
    return declared.check(component, inputs(yaml), Set.of()).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Cluster          | {nam: shop}                                        | nam: is not known here
          Cluster          | {version: 1}                                       | version: is no string
          Cluster          | {authenticationMode: SOME}                         | expected one of CONFIG_MAP, API
          Cluster          | {skipDefaultNodeGroup: UNKNOWN}                    | skipDefaultNodeGroup: is plain
          Cluster          | {accessEntries: {ops: {type: STANDARD}}}           | accessEntries.ops.principalArn: is missing
          Cluster          | {accessEntries: {ops: {principalArn: a, x: y}}}    | accessEntries.ops.x: is not known here
          Cluster          | {subnetIds: [1]}                                   | subnetIds[]: is no string
          Cluster          | {fargate: some}                                    | fargate: is no boolean or FargateProfile
          ManagedNodeGroup | {}                                                 | cluster: is missing
          ManagedNodeGroup | {cluster: shop}                                    | cluster: is no resource or CoreData
          Addon            | {cluster: shop}                                    | addonName: is missing
          """)
  void whatTheComponentsDoNotTakeIsRefused(String component, String yaml, String message) {
    assertThat(problems(component, yaml)).contains(message);
  }

  @Test
  void whatTheyTakeIsFine() {
    assertThat(
            problems(
                "Cluster",
                "{name: UNKNOWN, subnetIds: UNKNOWN, skipDefaultNodeGroup: true, accessEntries: {ops:"
                    + " {principalArn: UNKNOWN, accessPolicies: {all: {policyArn: a, accessScope:"
                    + " {type: cluster}}}}}, storageClasses: gp3}"))
        .isEmpty();
  }

  @Test
  void aPlainInputIsNeitherSecretNorOfAResource() {
    var inputs = inputs("{authenticationMode: API}");
    assertThat(declared.check("Cluster", inputs, Set.of("authenticationMode")).toString())
        .contains("cannot come of a resource");
    inputs.set("authenticationMode", Wire.secret(inputs.get("authenticationMode")));
    assertThat(declared.check("Cluster", inputs, Set.of()).toString()).contains("no secret");
  }
}
