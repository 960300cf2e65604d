package dev.neonstack.it.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.ShippedConfig;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.it.kube.KubeNode;
import dev.neonstack.it.kube.KubeServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stack on AWS as its documented configurations declare it, in an account and on a cluster of
 * its own: three nodes as small as the configuration says.
 */
@ExtendWith(OnPlatform.class)
class DevIT {
  /** The head of a token, or of a key: in clear neither may stand in a state. */
  private static final Pattern SECRET = Pattern.compile("eyJ[\\w-]{10,}\\.[\\w-]{10,}|PRIVATE KEY");

  private static final String POSTGRES =
      "ghcr.io/cloudnative-pg/postgresql@sha256:" + "2".repeat(64);

  private static KubeServer kube;

  @TempDir Path folder;
  private final ShippedConfig dev = AwsConfigs.dev();
  private Site site;

  @BeforeAll
  static void startCluster() {
    kube = KubeServer.start(KubeNode.SMALL);
  }

  @AfterAll
  static void endCluster() {
    kube.close();
  }

  @BeforeEach
  void open(Platform platform) throws IOException {
    site = new Site(platform, kube, folder);
  }

  @AfterEach
  void end() {
    site.close();
  }

  @Test
  void theWholeStackComesServesChangesInPartAndGoes(Platform platform) {
    var before = ofNeon();
    var stack = site.stack(dev);
    stack.preview().succeeded().says("+ eks:index:Cluster").says("+ neonstack:index:Branch");
    assertThat(site.inventory()).isEmpty();
    assertThat(ofNeon()).isEqualTo(before);

    stack.up().succeeded();

    allPodsRun();
    branchesAreInStorage(platform, stack);
    assertThat(stack.types()).noneMatch(type -> type.contains("ceph") || type.contains("Rook"));
    assertThat(stack.state())
        .doesNotContain(AwsFunctions.TOKEN, token())
        .doesNotContainPattern(SECRET);
    stack.up("--expect-no-changes").succeeded();
    stack.refresh("--expect-no-changes").succeeded();
    changesTouchOnlyWhatTheyShould(stack);
    goesOnlyWhenItMay(platform, stack);
    assertThat(site.inventory()).isEmpty();
    assertThat(site.releases()).isEmpty();
    assertThat(ofNeon()).isEqualTo(before);
  }

  private static void allPodsRun() {
    var pods = new TreeMap<String, Integer>();
    for (var pod : kube.api().list("v1", "Pod", Optional.of("neon"))) {
      assertThat(pod.path("status").path("phase").asText()).isEqualTo("Running");
      pods.merge(
          pod.at("/metadata/labels").path("app.kubernetes.io/component").asText(), 1, Integer::sum);
    }
    assertThat(pods)
        .containsEntry("pageserver", 2)
        .containsEntry("safekeeper", 3)
        .containsEntry("storage-broker", 1)
        .containsEntry("storage-controller", 1);
  }

  /** Past everything that the provider spoke through. */
  private static void branchesAreInStorage(Platform platform, Stack stack) {
    var child =
        platform
            .storage()
            .timeline(stack.tenant("demo"), stack.timeline("demo/dev-feature"))
            .orElseThrow();
    assertThat(child.ancestorTimelineId()).contains(stack.timeline("demo/main"));
  }

  private void changesTouchOnlyWhatTheyShould(Stack stack) {
    var another = "- name: qa\n          parent: main\n          endpoint: {enabled: false}\n";
    var wider = dev.with("- name: dev-feature", another + "        - name: dev-feature");
    assertThat(stack.config(wider.values()).up().succeeded().changes())
        .containsExactly("created Branch demo/qa");

    var larger = wider.with("preset: minimal", "preset: standard");
    assertThat(stack.config(larger.values()).preview("--json").succeeded().planned())
        .contains("create LaunchTemplate neon-nodes-compute-template")
        .contains("replace NodeGroup neon-nodes-system")
        .allMatch(change -> change.contains("neon-nodes-"));
  }

  /** What production protects goes when it is production no longer. */
  private void goesOnlyWhenItMay(Platform platform, Stack stack) {
    var tenant = stack.tenant("demo");
    stack.config(productive(dev).values()).up().succeeded();
    var all = site.inventory();
    // The preview refuses, before anything is removed.
    stack
        .destroy("--skip-preview=false")
        .failed()
        .says("Namespace neon ")
        .says("BucketPolicy neon-bucket-policy")
        .says("Repository neon-registry-pageserver")
        .says("because it is protected");
    assertThat(site.inventory()).isEqualTo(all);
    stack.config(dev.values()).up().succeeded();
    stack.destroy().succeeded();
    assertThat(platform.storage().tenantExists(tenant)).isFalse();
  }

  private static ShippedConfig productive(ShippedConfig config) {
    return config
        .with(
            "neonstack:production: false",
            "neonstack:production: true\n  neonstack:policy: {exemptions: [{rule: postgres-fixes,"
                + " resource: neon-images-compute, reason: Nothing of it is deployed.}]}")
        .with("nat: one", "nat: per-zone")
        .with("# postgres: ghcr.io/cloudnative-pg/postgresql:17.11", "postgres: " + POSTGRES);
  }

  @Test
  void theLargeStackKeepsAllRules() {
    site.stack(AwsConfigs.production()).preview().succeeded().says("+ eks:index:Cluster");
  }

  @Test
  void whatTheConfigurationGetsWrongIsSaidAtOnceAndNothingIsApplied() {
    var wrong =
        dev.with("version: \"1.36\"", "version: \"1.28\"")
            .with("zones: [us-east-1a, us-east-1b, us-east-1c]", "zones: [us-east-1a]")
            .with("serviceCidr: 172.20.0.0/16", "serviceCidr: 10.20.0.0/16")
            .with("# name: unique", "name: Neon_Data # unique")
            .with("iops: 3000", "iops: 90000")
            .with("preset: minimal", "preset: huge");

    var run = site.stack(wrong).up();

    run.failed()
        .says("6 problems")
        .says("nothing was changed")
        .says("bucket.name is 'Neon_Data'; expected 3 to 63 lower case letters")
        .says("vpc.zones is 'us-east-1a'; expected two zones or more")
        .says("version is 1.28; expected 1.35 or newer, better 1.36")
        .says("cluster.serviceCidr is '10.20.0.0/16'; expected a network")
        .says("apart from the VPC's")
        .says("nodes.preset is 'huge'; expected one of minimal, standard, production")
        .says("iops of gp3-encrypted is 90,000; expected 3,000 to 16,000 for gp3");
    assertThat(run.output()).doesNotContain("Exception in thread");
    assertThat(site.inventory()).isEmpty();
  }

  @Test
  void whatBreaksARuleFailsThePreviewWithTheList() {
    var nobodys = dev.with("{environment: dev, owner: platform}", "{environment: dev}");

    site.stack(nobodys)
        .preview()
        .failed()
        .says("violations of the rules for this stack")
        .says("tags [owner] are missing");
    assertThat(site.inventory()).isEmpty();
  }

  /** What there is of Neon in the cluster; charts are not installed here, and leave namespaces. */
  private static List<String> ofNeon() {
    Predicate<String> isNeons = object -> object.contains("neon");
    return kube.api().inventory().stream().filter(isNeons).toList();
  }

  private static String token() {
    return kube.kubeconfig().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
  }
}
