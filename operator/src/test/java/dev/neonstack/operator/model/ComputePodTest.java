package dev.neonstack.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.operator.api.NeonCompute;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ComputePodTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** The template's digest is in it: where it changes, every pod is replaced. */
  @Test
  void theObjectsOfAComputeAreThoseOfTheGoldenFile() throws IOException {
    var compute = Example.compute();
    var settings = Example.settings();

    assertThat(written(ComputePod.of(compute, settings, Example.START)))
        .isEqualTo(golden("pod.yaml"));
    assertThat(written(Attached.service(compute, settings))).isEqualTo(golden("service.yaml"));
    assertThat(written(Policy.of(compute, settings))).isEqualTo(golden("policy.yaml"));
  }

  @Test
  void nothingOfAStartIsInTheTemplate() {
    var one = pod(Example.compute(), Example.START);
    var other = pod(Example.compute(), new Start(UUID.randomUUID(), 17));

    assertThat(template(one)).isEqualTo(template(other));
    assertThat(one.toString()).isNotEqualTo(other.toString());
  }

  @Test
  void whatTakesAnotherPodChangesTheTemplate() {
    var usual = template(pod(Example.compute(), Example.START));

    for (var more :
        new String[] {
          "    image: other:1\n", "    settings: {work_mem: 16MB}\n",
        }) {
      assertThat(template(pod(Example.compute(more), Example.START))).isNotEqualTo(usual);
    }
    for (var more :
        new String[] {
          "    branch: main\n",
          "    maintenance: {start: '02:00', minutes: 60}\n",
          "    pageserver: pageserver-0:6400\n",
        }) {
      assertThat(template(pod(Example.compute(more), Example.START))).isEqualTo(usual);
    }
  }

  @Test
  void withoutSidecarsAndTlsThereIsNothingOfThem() {
    var full = Example.settings();
    var plain =
        new PodSettings(
            full.images(),
            Optional.empty(),
            Optional.empty(),
            URI.create("http://control-plane:8081"),
            Optional.empty(),
            PodSettings.Scheduling.ANYWHERE,
            new PodSettings.Reach(Map.of(), full.reach().controlPlane(), Optional.empty()));
    var pod = ComputePod.of(Example.compute(), plain, Example.START);

    assertThat(pod.getSpec().getInitContainers()).isEmpty();
    assertThat(pod.getSpec().getVolumes()).noneMatch(volume -> volume.getName().equals("tls"));
    assertThat(Attached.service(Example.compute(), plain).getSpec().getPorts()).hasSize(1);
    assertThat(Attached.connectionString(Example.compute(), plain, Optional.empty()))
        .endsWith("?sslmode=prefer");
  }

  @Test
  void aPasswordThatIsThereStaysWithItsVerifier() {
    var compute = Example.compute();
    var first = Attached.login(compute, Example.settings(), Optional.empty(), "drawn-password");
    var second =
        Attached.login(compute, Example.settings(), Optional.of(first), "another-password");

    assertThat(second).isEqualTo(first);
    assertThat(Attached.value(first, "uri"))
        .contains("postgresql://app:drawn-password@dev-feature.neon.svc:5432/app?sslmode=require");
  }

  @Test
  void aPasswordThatSomebodyHasSetGetsAVerifierOfItsOwn() {
    var compute = Example.compute();
    var first = Attached.login(compute, Example.settings(), Optional.empty(), "drawn-password");
    first.getData().put("password", "cMOkc3M/QCA6Lw==");
    var second = Attached.login(compute, Example.settings(), Optional.of(first), "unused-password");

    assertThat(Attached.value(second, "verifier")).isNotEqualTo(Attached.value(first, "verifier"));
    assertThat(Attached.value(second, "uri"))
        .contains(
            "postgresql://app:p%C3%A4ss%3F%40%20%3A%2F@dev-feature.neon.svc:5432/app?sslmode=require");
  }

  private static Pod pod(NeonCompute compute, Start start) {
    return ComputePod.of(compute, Example.settings(), start);
  }

  private static String template(HasMetadata pod) {
    return Labels.annotation(pod, Labels.TEMPLATE).orElseThrow();
  }

  private static JsonNode written(HasMetadata object) throws IOException {
    return YAML.readTree(Serialization.asYaml(object));
  }

  private static JsonNode golden(String name) throws IOException {
    try (var file = ComputePodTest.class.getResourceAsStream(name)) {
      return YAML.readTree(file);
    }
  }
}
