package dev.neonstack.it.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.it.kube.KubeServer;
import dev.neonstack.it.kube.OnKubernetes;
import dev.neonstack.it.kube.Ref;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the AWS stack stand on: the stand-ins for its plugins, under the real CLI. */
@ExtendWith({OnPlatform.class, OnKubernetes.class})
class StandInsIT {
  private static final String SETTINGS =
      """
      aws:region: us-east-1
      aws:defaultTags: {tags: {project: shop}}
      neonstack:bucket: neon-shop-data
      neonstack:subnets: 10.8.0.0/20 10.8.16.0/20
      neonstack:nodes: '3'
      neonstack:image: image
      """;

  private static final String TOKEN = "only-the-tests-log-in-with-it";

  @TempDir Path folder;

  @Test
  void aStackComesStaysChangesInPartAndGoes(Platform platform, KubeServer kube) throws IOException {
    Files.createDirectories(folder.resolve("image"));
    Files.writeString(folder.resolve("image/Dockerfile"), "FROM scratch\n");
    try (var cloud = new Cloud(kube.kubeconfig(), folder);
        var kubernetes = new KubernetesFront(kube.api(), folder.resolve("kubernetes.log"))) {
      var stack =
          Stack.of(platform, "AwsProgram", folder)
              .withProviders(cloud.attachments(kubernetes.attachment()))
              .config(SETTINGS);

      stack.preview().succeeded().says("+ aws:eks/cluster:Cluster").says("+ kubernetes:helm");
      assertThat(cloud.inventory()).isEmpty();

      stack.up().succeeded();
      made(cloud, kube, kubernetes);
      assertThat(stack.outputs().path("image").asText())
          .matches(
              "\\d{12}\\.dkr\\.ecr\\.us-east-1\\.amazonaws\\.com/neon/shop@sha256:[0-9a-f]{64}");
      assertThat(stack.outputs().path("issuer").asText()).startsWith("oidc.eks.us-east-1.");
      assertThat(stack.outputs().path("nodeSecurityGroup").asText()).matches("sg-[0-9a-f]{17}");
      assertThat(stack.state()).doesNotContain(TOKEN).doesNotContain(token(kube));

      stack.up("--expect-no-changes").succeeded();
      stack.refresh("--expect-no-changes").succeeded();

      Files.writeString(folder.resolve("image/Dockerfile"), "FROM scratch\nUSER 1000\n");
      stack.config(SETTINGS.replace("'3'", "'4'"));
      assertThat(stack.up().succeeded().changes())
          .containsExactly("updated Image shop", "updated NodeGroup system");

      refuses(stack, cloud);
      goes(stack, cloud, kube, kubernetes);
    }
  }

  private static void made(Cloud cloud, KubeServer kube, KubernetesFront kubernetes) {
    assertThat(cloud.inventory())
        .contains("aws:s3/bucketV2:BucketV2 neon-shop-data", "aws:eks/cluster:Cluster shop")
        .contains("aws:eks/addon:Addon shop:aws-ebs-csi-driver", "aws:eks/addon:Addon shop:vpc-cni")
        .anyMatch(thing -> thing.matches("aws:eks/nodeGroup:NodeGroup shop:system-[0-9a-f]{7}"))
        .anyMatch(thing -> thing.matches("aws:iam/role:Role nodes-[0-9a-f]{7}"))
        .anyMatch(thing -> thing.matches("aws:ec2/vpc:Vpc vpc-[0-9a-f]{17}"));
    assertThat(kube.api().get(Ref.ofCluster("v1", "Namespace", "charts"))).isPresent();
    assertThat(kubernetes.releases())
        .containsExactly("charts/controller aws-load-balancer-controller 1.8.1");
  }

  private static void refuses(Stack stack, Cloud cloud) {
    var before = cloud.inventory();
    stack
        .config(SETTINGS.replace("neon-shop-data", "Neon_Data"))
        .up()
        .failed()
        .says("is 'Neon_Data'; expected 3 to 63 lower-case letters");
    assertThat(cloud.inventory()).isEqualTo(before);
  }

  /** A bucket with something in it is not deleted by mistake. */
  private static void goes(Stack stack, Cloud cloud, KubeServer kube, KubernetesFront kubernetes) {
    cloud.fill("neon-shop-data");
    stack.destroy("--continue-on-error").failed().says("neon-shop-data is not empty");
    cloud.empty("neon-shop-data");
    stack.destroy().succeeded();
    assertThat(cloud.inventory()).isEmpty();
    assertThat(kube.api().get(Ref.ofCluster("v1", "Namespace", "charts"))).isEmpty();
    assertThat(kubernetes.releases()).isEmpty();
  }

  private static String token(KubeServer kube) {
    var config = kube.kubeconfig();
    return config.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
  }
}
