package dev.neonstack.components.neon.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.RecordedCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CustomObjectTest {
  private final RecordedCluster cluster = new RecordedCluster();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void itIsRegisteredUnderItsOwnKindWithTheWholeSpec() {
    cluster.run(
        context ->
            new CustomObject(
                "db",
                new CustomObject.Kind("postgresql.cnpg.io/v1", "Cluster"),
                ObjectMetaArgs.builder().name("db").namespace("neon").build(),
                Map.of("instances", 3, "tags", List.of("a", Map.of("b", true))),
                CustomResourceOptions.Empty));

    var object = cluster.the("Cluster", "db");
    assertThat(object.type()).isEqualTo("kubernetes:postgresql.cnpg.io/v1:Cluster");
    assertThat(object.at("apiVersion")).isEqualTo("postgresql.cnpg.io/v1");
    assertThat(object.at("kind")).isEqualTo("Cluster");
    assertThat(object.at("metadata", "namespace")).isEqualTo("neon");
    assertThat(object.at("spec", "instances")).isEqualTo(3.0);
    assertThat(object.at("spec", "tags", 1, "b")).isEqualTo(true);
  }
}
