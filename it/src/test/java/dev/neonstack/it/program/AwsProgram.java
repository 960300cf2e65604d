package dev.neonstack.it.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.aws.AwsFunctions;
import com.pulumi.aws.ec2.Subnet;
import com.pulumi.aws.ec2.SubnetArgs;
import com.pulumi.aws.ec2.Vpc;
import com.pulumi.aws.ec2.VpcArgs;
import com.pulumi.aws.ecr.EcrFunctions;
import com.pulumi.aws.ecr.Repository;
import com.pulumi.aws.ecr.RepositoryArgs;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.iam.RolePolicyAttachment;
import com.pulumi.aws.iam.RolePolicyAttachmentArgs;
import com.pulumi.aws.inputs.GetAvailabilityZonesArgs;
import com.pulumi.aws.s3.BucketPolicy;
import com.pulumi.aws.s3.BucketPolicyArgs;
import com.pulumi.aws.s3.BucketV2;
import com.pulumi.aws.s3.BucketV2Args;
import com.pulumi.core.Output;
import com.pulumi.docker.Image;
import com.pulumi.docker.ImageArgs;
import com.pulumi.docker.inputs.DockerBuildArgs;
import com.pulumi.docker.inputs.RegistryArgs;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.kubernetes.helm.v3.ReleaseArgs;
import com.pulumi.kubernetes.helm.v3.inputs.RepositoryOptsArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.it.program.RemoteEks.Addon;
import dev.neonstack.it.program.RemoteEks.Cluster;
import dev.neonstack.it.program.RemoteEks.NodeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A little of everything that is declared on AWS: a network, a bucket, roles, a cluster by
 * pulumi-eks with nodes and an add-on, an image, and a namespace and a chart in the cluster.
 *
 * <p>Its configuration names the bucket, the ranges of the subnets, the folder of the image and the
 * greatest number of nodes.
 */
public final class AwsProgram {
  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}]}
      """;

  private static final String TLS_ONLY =
      """
      {"Version": "2012-10-17", "Statement": [{
        "Effect": "Deny", "Action": "s3:*", "Principal": "*", "Resource": ["%s", "%s/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}
      """;

  private final Context context;

  private AwsProgram(Context context) {
    this.context = context;
  }

  public static void main(String[] arguments) {
    Pulumi.run(context -> new AwsProgram(context).declare());
  }

  private String setting(String name) {
    return context.config("neonstack").require(name);
  }

  private void declare() {
    bucket();
    var subnets = subnets();
    var cluster = new Cluster("shop", subnets, ComponentResourceOptions.Empty);
    nodes(cluster);
    new Addon("csi", cluster, ComponentResourceOptions.builder().dependsOn(cluster).build());
    inside(cluster);
    context.export("image", image().repoDigest());
    context.export("issuer", cluster.oidcIssuer());
    context.export("nodeSecurityGroup", cluster.nodeSecurityGroupId());
  }

  private void bucket() {
    var bucket = new BucketV2("data", BucketV2Args.builder().bucket(setting("bucket")).build());
    new BucketPolicy(
        "data",
        BucketPolicyArgs.builder()
            .bucket(bucket.id())
            .policy(bucket.arn().applyValue(arn -> TLS_ONLY.formatted(arn, arn)))
            .build());
  }

  private Output<List<String>> subnets() {
    var vpc =
        new Vpc(
            "shop",
            VpcArgs.builder().cidrBlock("10.8.0.0/16").tags(Map.of("Name", "shop")).build());
    var zones = AwsFunctions.getAvailabilityZones(GetAvailabilityZonesArgs.Empty);
    var ids = new ArrayList<Output<String>>();
    for (var range : List.of(setting("subnets").split(" ", -1))) {
      var index = ids.size();
      var args =
          SubnetArgs.builder()
              .vpcId(vpc.id())
              .cidrBlock(range)
              .availabilityZone(zones.applyValue(found -> found.names().get(index)))
              .build();
      ids.add(new Subnet("shop-" + index, args).id());
    }
    return Output.all(ids);
  }

  private void nodes(Cluster cluster) {
    var role = new Role("nodes", RoleArgs.builder().assumeRolePolicy(TRUST).build());
    new RolePolicyAttachment(
        "nodes",
        RolePolicyAttachmentArgs.builder()
            .role(role.name())
            .policyArn("arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy")
            .build());
    var most = Integer.parseInt(setting("nodes"));
    new NodeGroup("system", cluster, role, most, ComponentResourceOptions.Empty);
  }

  private Image image() {
    var repository = new Repository("shop", RepositoryArgs.builder().name("neon/shop").build());
    var login = EcrFunctions.getAuthorizationToken();
    var registry =
        RegistryArgs.builder()
            .server(repository.repositoryUrl())
            .username(login.applyValue(token -> token.userName()))
            .password(login.applyValue(token -> token.password()))
            .build();
    var build =
        DockerBuildArgs.builder()
            .context(setting("image"))
            .dockerfile(setting("image") + "/Dockerfile")
            .platform("linux/amd64")
            .build();
    return new Image(
        "shop",
        ImageArgs.builder()
            .imageName(repository.repositoryUrl().applyValue(url -> url + ":1"))
            .build(build)
            .registry(registry)
            .build());
  }

  private static void inside(Cluster cluster) {
    var provider =
        new Provider(
            "cluster", ProviderArgs.builder().kubeconfig(cluster.kubeconfigJson()).build());
    var inCluster = CustomResourceOptions.builder().provider(provider);
    var namespace =
        new Namespace(
            "charts",
            NamespaceArgs.builder()
                .metadata(ObjectMetaArgs.builder().name("charts").build())
                .build(),
            inCluster.build());
    new Release(
        "controller",
        ReleaseArgs.builder()
            .name("controller")
            .chart("aws-load-balancer-controller")
            .version("1.8.1")
            .repositoryOpts(RepositoryOptsArgs.builder().repo("https://charts.invalid").build())
            .namespace(namespace.metadata().applyValue(metadata -> metadata.name().orElseThrow()))
            .values(Map.of("replicaCount", 2))
            .build(),
        inCluster.build());
  }
}
