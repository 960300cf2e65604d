package dev.neonstack.stacks;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.aws.bucket.BucketAccess;
import dev.neonstack.components.aws.bucket.DataBucket;
import dev.neonstack.components.aws.ebs.EbsStorageClasses;
import dev.neonstack.components.aws.registry.NeonImage;
import dev.neonstack.components.aws.registry.Repositories;
import dev.neonstack.components.aws.services.LocalVolumes;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.components.neon.ProjectTree;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.stacks.config.aws.AwsConfig;
import dev.neonstack.stacks.config.aws.AwsConfig.Images;
import dev.neonstack.stacks.config.neon.NeonConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Neon on AWS, from an empty account: network, EKS, S3 and ECR, and what runs on them. */
public final class AwsStack {
  private static final String NAME = "neon";

  private final AwsConfig config;
  private final AwsCluster cluster;
  private final DataBucket bucket;
  private final BucketAccess access;
  private final Repositories repositories;
  private final DataPlane plane;
  private final List<ProjectTree> projects;

  /**
   * Declares everything.
   *
   * @param folder of the program, with what images are made of
   */
  public AwsStack(AwsConfig config, List<ProjectSpec> projects, String stack, Path folder) {
    this.config = config;
    var signer = DataPlane.signer();
    var account = new AwsAccount(config.account(), stack);
    var aws = account.options();
    this.cluster = new AwsCluster(config, account);
    this.bucket = new DataBucket(NAME + "-bucket", config.bucket(), aws);
    this.repositories = repositories(aws);
    var reached = new DataPlane.Access(cluster.kubeconfig(), Optional.empty());
    var kubernetes = reached.provider();
    var both = ComponentResourceOptions.builder().providers(account.provider(), kubernetes).build();
    var services = new AwsServices(config, cluster, account, both);
    this.access = access(stack, aws);
    this.plane = new DataPlane(neon(folder, aws), reached, kubernetes, signer);
    var before = new ArrayList<>(classes(folder, both));
    before.addAll(services.before());
    before.addAll(services.certificate(plane.home()));
    // A pod that starts before Pod Identity knows its account never gets the role.
    before.add(access);
    plane.declare(bucket.store(access.access()), before);
    this.projects = plane.projects(projects);
  }

  /** Exports what there is and how to reach it. */
  public void export(Context context) {
    context.export("clusterName", cluster.name());
    context.export("kubeconfig", cluster.kubeconfig().asSecret());
    context.export("bucket", bucket.store(access.access()).bucket());
    context.export("pageserverRoleArn", access.pageserver().arn());
    context.export("safekeeperRoleArn", access.safekeeper().arn());
    context.export("registry", repositories.registry());
    context.export("namespace", plane.home().namespace());
    context.export("services", Output.of(plane.services()));
    plane
        .proxyHost()
        .map(host -> config.dns().map(dns -> Output.of(dns.zone().wildcard())).orElse(host))
        .ifPresent(host -> context.export("proxyHost", host));
    context.export("branches", Output.of(Exports.branches(projects)));
  }

  private Repositories repositories(ComponentResourceOptions aws) {
    return new Repositories(NAME + "-registry", AwsImages.repositories(config), aws);
  }

  private BucketAccess access(String stack, ComponentResourceOptions aws) {
    return new BucketAccess(
        NAME + "-access",
        new BucketAccess.Spec(
            bucket,
            config.identity(),
            cluster.identity(),
            config.neon().namespace().name(),
            stack,
            Optional.empty()),
        aws);
  }

  /** Neon with its images: those that are named, or those that are made for it here. */
  private NeonConfig neon(Path folder, ComponentResourceOptions aws) {
    if (config.images() == Images.REGISTRY) {
      return config.neon();
    }
    var images = AwsImages.of(NAME + "-images", config, repositories, folder, aws);
    return config.neon().withImages(role -> images.reference(image(role)));
  }

  private static NeonImage image(Role role) {
    return NeonImage.valueOf(role.name());
  }

  /** The provisioner has pods, for which Helm waits ten minutes only. */
  private ComponentResourceOptions afterNodes(ComponentResourceOptions options) {
    return ComponentResourceOptions.merge(
        options, ComponentResourceOptions.builder().dependsOn(cluster.ready()).build());
  }

  private List<Resource> classes(Path folder, ComponentResourceOptions both) {
    var made =
        new ArrayList<>(
            new EbsStorageClasses(NAME + "-classes", config.classes(), Optional.empty(), both)
                .classes());
    config
        .localVolumes()
        .ifPresent(
            spec ->
                made.add(
                    new LocalVolumes(
                            NAME + "-local-volumes",
                            spec,
                            AwsImages.lock(folder).pinned("node-cleanup"),
                            afterNodes(both))
                        .storageClass()));
    return made;
  }
}
