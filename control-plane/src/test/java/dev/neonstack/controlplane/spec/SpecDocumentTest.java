package dev.neonstack.controlplane.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.controlplane.spec.PrimaryCompute.Data;
import dev.neonstack.controlplane.spec.PrimaryCompute.Tuning;
import dev.neonstack.neon.Placement;
import dev.neonstack.neon.Placement.Shard;
import dev.neonstack.neon.SafekeeperSet;
import dev.neonstack.neon.auth.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SpecDocumentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aPrimaryIsToldWhatTheGoldenFileSays() throws IOException {
    var document = SpecDocument.attached(Example.primary(), Example.keys());
    var token = document.path("spec").path("storage_auth_token").asText();
    ((ObjectNode) document.path("spec")).put("storage_auth_token", "(tenant token)");

    assertThat(written(document)).isEqualTo(written(new YAMLMapper().readTree(golden())));
    assertThat(Example.claims(token).path("scope").asText()).isEqualTo(Scope.TENANT.word());
    assertThat(Example.claims(token).path("tenant_id").asText()).isEqualTo(Example.TENANT.value());
  }

  /** A line that begins a list or an object has its reasons inside. */
  @Test
  void everyFieldHasItsReasonBesideIt() throws IOException {
    assertThat(golden().lines().filter(line -> !line.startsWith("#") && !line.endsWith(":")))
        .allMatch(line -> line.matches(".*  # .+"));
  }

  @Test
  void noSettingSaysWhereStorageIs() {
    assertThat(settings(Example.primary()).fieldNames())
        .toIterable()
        .doesNotContain(
            "neon.tenant_id",
            "neon.timeline_id",
            "neon.safekeepers",
            "neon.pageserver_connstring",
            "neon.stripe_size");
  }

  @Test
  void aShardedProjectNamesEveryShard() {
    var placement =
        new Placement(2, 2048, List.of(new Shard(1, "ps-0", 6400), new Shard(2, "ps-1", 6400)));
    var pages =
        spec(Example.with(data(true, placement, Example.SAFEKEEPERS)))
            .path("pageserver_connection_info");

    assertThat(pages.path("stripe_size").asInt()).isEqualTo(2048);
    assertThat(pages.at("/shards/0002/pageservers/0/libpq_url").asText())
        .isEqualTo("postgresql://no_user@ps-0:6400");
    assertThat(pages.at("/shards/0102/pageservers/0/id").asInt()).isEqualTo(2);
  }

  @Test
  void withoutAControllerNoGenerationIsSaidAndARootKeepsItsSubscriptions() {
    var data = data(false, Example.PLACEMENT, new SafekeeperSet(0, List.of("sk-0:5454")));
    var spec = spec(Example.with(data));

    assertThat(spec.has("safekeepers_generation")).isFalse();
    assertThat(spec.path("safekeeper_connstrings").get(0).asText()).isEqualTo("sk-0:5454");
    assertThat(spec.path("drop_subscriptions_before_start").asBoolean()).isFalse();
  }

  @Test
  void ownSettingsWinOverOursAndLibrariesAreAdded() {
    var own =
        Map.of(
            "Idle_In_Transaction_Session_Timeout", "0",
            "shared_preload_libraries", "auto_explain, pg_stat_statements");
    var settings =
        settings(
            Example.with(new Tuning(Example.SIZE, -1, true, OptionalLong.empty(), false, own)));

    assertThat(settings.path("idle_in_transaction_session_timeout").asText()).isEqualTo("0");
    assertThat(settings.path("shared_preload_libraries").asText())
        .isEqualTo("neon,pg_stat_statements,auto_explain");
    assertThat(settings.path("wal_level").asText()).isEqualTo("logical");
    assertThat(settings.has("neon.max_cluster_size")).isFalse();
  }

  @Test
  void withoutTlsNothingIsSaidOfIt() {
    var tuning = new Tuning(Example.SIZE, 300, false, OptionalLong.empty(), false, Map.of());
    var document = SpecDocument.attached(Example.with(tuning), Example.keys());

    assertThat(document.path("compute_ctl_config").has("tls")).isFalse();
    assertThat(document.at("/spec/features")).hasSize(1);
  }

  private static Data data(boolean child, Placement placement, SafekeeperSet safekeepers) {
    return new Data(Example.TENANT, Example.TIMELINE, child, placement, safekeepers);
  }

  private static JsonNode spec(PrimaryCompute compute) {
    return SpecDocument.attached(compute, Example.keys()).path("spec");
  }

  private static JsonNode settings(PrimaryCompute compute) {
    var found = JSON.createObjectNode();
    var list = spec(compute).at("/cluster/settings");
    StreamSupport.stream(list.spliterator(), false)
        .forEach(
            setting ->
                assertThat(found.put(setting.path("name").asText(), setting.path("value").asText()))
                    .isNotNull());
    assertThat(found).hasSize(list.size());
    return found;
  }

  private static String written(JsonNode node) throws IOException {
    return JSON.readTree(node.toString()).toPrettyString();
  }

  private static String golden() throws IOException {
    try (var file = SpecDocumentTest.class.getResourceAsStream("primary.yaml")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
