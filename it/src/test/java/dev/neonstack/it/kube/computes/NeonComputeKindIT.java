package dev.neonstack.it.kube.computes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.harness.Repository;
import dev.neonstack.it.kube.KubeException;
import dev.neonstack.it.kube.KubeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server takes as a NeonCompute, and what it says of everything else. */
@ExtendWith(OnComputes.class)
class NeonComputeKindIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The guide's example, with ids as storage has them. */
  private static final String GUIDE =
      """
      tenantId: de200bd42b49cc1814412c7e592dd6e9
      timelineId: b3b845107e58ea5e3c0a67ef3fe24da2
      pageserver: pageserver-0.pageserver.neon.svc.cluster.local:6400
      resources:
        memory: "4Gi"
        cpu: "2"
      suspend:
        enabled: true
        idleTimeout: 300
      """;

  private static final String BARE =
      """
      tenantId: de200bd42b49cc1814412c7e592dd6e9
      timelineId: b3b845107e58ea5e3c0a67ef3fe24da2
      """;

  @Test
  void theExampleOfTheGuideIsTakenAsItIs(KubeServer kube) {
    var made = Computes.in(kube.api(), "kind-guide").apply("dev-feature-compute", GUIDE);

    assertThat(made.at("/spec/resources/cpu").asText()).isEqualTo("2");
    assertThat(made.at("/spec/suspend/idleTimeout").asInt()).isEqualTo(300);
  }

  @Test
  void theExamplesOfTheManualAreTaken(KubeServer kube) throws IOException {
    var computes = Computes.in(kube.api(), "kind-manual");
    var manual = Files.readString(Repository.root().resolve("docs/neoncompute.md"));
    var examples =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(manual)
            .results()
            .map(match -> match.group(1))
            .filter(example -> example.contains("kind: NeonCompute"))
            .toList();

    assertThat(examples).hasSize(2);
    for (var example : examples) {
      assertThat(computes.apply(Computes.yaml(example)).path("kind").asText())
          .isEqualTo("NeonCompute");
    }
  }

  @Test
  void whatIsNotGivenHasDefaults(KubeServer kube) {
    var spec = Computes.in(kube.api(), "kind-defaults").apply("bare", BARE).path("spec");

    assertThat(spec)
        .isEqualTo(
            Computes.yaml(
                BARE
                    + """
                    resources: {cpu: "1", memory: 4Gi}
                    suspend: {enabled: true, idleTimeout: 300}
                    suspended: false
                    login: {role: app, database: app}
                    logicalReplication: false
                    """));
  }

  @Test
  void kubectlShowsColumns(KubeServer kube) {
    var computes = Computes.in(kube.api(), "kind-columns");
    computes.apply("bare", BARE);

    assertThat(computes.table("bare").get(0))
        .isEqualTo(List.of("Name", "Phase", "Branch", "Host", "Size", "Last Active", "Age"));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /spec/tenantId               | "tenant_abc123"          | a tenant id has 32 characters of 0-9 and a-f
          /spec/tenantId               | "DE200BD42B49CC1814412C7E592DD6E9" | a tenant id has 32 characters of 0-9 and a-f
          /spec/tenantId               | null                     | spec.tenantId: Required value
          /spec/timelineId             | "timeline_xyz789"        | a timeline id has 32 characters of 0-9 and a-f
          /spec/timelineId             | null                     | spec.timelineId: Required value
          /spec/pageserver             | "pageserver-0"           | expected host:port, such as pageserver-0
          /spec/pageserver             | "http://pageserver:6400" | expected host:port, such as pageserver-0
          /spec/pageserver             | "pageserver:66000"       | expected host:port, such as pageserver-0
          /spec/resources/cpu          | "two"                    | 'expected CPUs from 250m to 64, such as "2" or "500m"'
          /spec/resources/cpu          | "100m"                   | expected CPUs from 250m to 64
          /spec/resources/cpu          | 65                       | expected CPUs from 250m to 64
          /spec/resources/cpu          | -1                       | expected CPUs from 250m to 64
          /spec/resources/memory       | "256Mi"                  | 'expected memory from 512Mi to 512Gi, such as "4Gi"'
          /spec/resources/memory       | "4GB"                    | expected memory from 512Mi to 512Gi
          /spec/resources/memory       | 4                        | expected memory from 512Mi to 512Gi
          /spec/resources/storage      | "1Gi"                    | field not declared in schema
          /spec/suspend/idleTimeout    | -2                       | 'expected seconds: 0 for the default of 300, -1 for never, or up to 604800'
          /spec/suspend/idleTimeout    | 604801                   | 'expected seconds: 0 for the default of 300, -1 for never, or up to 604800'
          /spec/suspend/idleTimeout    | "5m"                     | expected numeric
          /spec/suspend/enabled        | "yes"                    | expected boolean
          /spec/suspended              | 1                        | expected boolean
          /spec/image                  | ""                       | expected an image such as
          /spec/image                  | "a b"                    | expected an image such as
          /spec/login/role             | "postgres"               | expected the name of a role of your own
          /spec/login/role             | "Pg_mine"                | expected the name of a role of your own
          /spec/login/role             | " "                      | expected the name of a role of your own
          /spec/login/database         | "template1"              | expected the name of a database of your own
          /spec/settings/neon.tenant_id | "x"                     | storage, reachability and safety are the operator's
          /spec/settings/fsync         | "off"                    | storage, reachability and safety are the operator's
          /spec/settings/work mem      | "1MB"                    | expected names of settings of PostgreSQL
          /spec/settings/work_mem      | 4                        | expected string
          /spec/maintenance            | {"start": "02:00"}       | spec.maintenance.minutes: Required value
          /spec/maintenance/start      | "24:00"                  | expected a time of day in UTC
          /spec/maintenance/minutes    | 5                        | expected minutes from 10 to 1440
          /spec/maintenance/days       | ["FUNDAY"]               | 'Unsupported value: "FUNDAY"'
          /metadata/name               | "1st"                    | metadata.name becomes the name of a pod and a Service
          /metadata/name               | "a.b"                    | metadata.name becomes the name of a pod and a Service
          /spec/tenant                 | "x"                      | field not declared in schema
          """)
  void whatCannotRunIsRefusedWithWhatIsAllowed(
      String field, String value, String expected, KubeServer kube) throws IOException {
    var computes = Computes.in(kube.api(), "kind-refused");
    var manifest = manifest();
    set(manifest, field, JSON.readTree(value));

    assertThatThrownBy(() -> computes.apply(manifest))
        .isInstanceOf(KubeException.class)
        .hasMessageContaining(expected);
    assertThat(computes.api().list("neon.io/v1", "NeonCompute", Optional.of("kind-refused")))
        .isEmpty();
  }

  @Test
  void whatAComputeIsMadeOfCannotBeChanged(KubeServer kube) {
    var computes = Computes.in(kube.api(), "kind-fixed");
    computes.apply("bare", BARE);

    assertThatThrownBy(() -> computes.apply("bare", BARE.replace("de200b", "000000")))
        .hasMessageContaining("a compute stays with its tenant; delete this object");
    assertThatThrownBy(() -> computes.apply("bare", BARE.replace("b3b845", "000000")))
        .hasMessageContaining("a compute stays on its timeline; delete this object");
  }

  private static ObjectNode manifest() {
    var manifest = JSON.createObjectNode().put("apiVersion", "neon.io/v1");
    manifest.put("kind", "NeonCompute").putObject("metadata").put("name", "bad");
    manifest.set("spec", Computes.yaml(GUIDE));
    manifest.withObject("/spec/maintenance").put("start", "02:00").put("minutes", 60);
    return manifest;
  }

  private static void set(ObjectNode manifest, String pointer, JsonNode value) {
    var cut = pointer.lastIndexOf('/');
    var holder = manifest.withObject(pointer.substring(0, cut));
    var field = pointer.substring(cut + 1);
    if (value.isNull()) {
      holder.remove(field);
    } else {
      holder.set(field, value);
    }
  }
}
