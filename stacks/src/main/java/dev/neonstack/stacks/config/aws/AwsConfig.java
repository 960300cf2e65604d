package dev.neonstack.stacks.config.aws;

import static java.util.Objects.requireNonNull;

import dev.neonstack.components.aws.bucket.BucketSpec;
import dev.neonstack.components.aws.ebs.EbsClass;
import dev.neonstack.components.aws.eks.EksClusterSpec;
import dev.neonstack.components.aws.eks.InstanceType;
import dev.neonstack.components.aws.eks.NodeGroupSpec;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import dev.neonstack.components.aws.network.NetworkSpec;
import dev.neonstack.components.aws.services.Autoscaler;
import dev.neonstack.components.aws.services.CertificateSource;
import dev.neonstack.components.aws.services.HostedZone;
import dev.neonstack.components.aws.services.LocalVolumes;
import dev.neonstack.stacks.config.neon.NeonConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a stack on AWS declares beside its projects.
 *
 * @param production whether what holds data is protected
 * @param identity how service accounts get at AWS
 * @param classes storage classes of EBS
 * @param localVolumes a storage class of the nodes' own disks
 * @param repositoryPrefix what the names of the repositories in ECR begin with
 * @param dns absent: nobody keeps names
 */
public record AwsConfig(
    boolean production,
    Account account,
    NetworkSpec network,
    EksClusterSpec cluster,
    Nodes nodes,
    WorkloadIdentity identity,
    BucketSpec bucket,
    List<EbsClass> classes,
    Optional<LocalVolumes.Spec> localVolumes,
    Images images,
    String repositoryPrefix,
    NeonConfig neon,
    Optional<Dns> dns) {
  public AwsConfig {
    requireNonNull(account, "account is null");
    requireNonNull(network, "network is null");
    requireNonNull(cluster, "cluster is null");
    requireNonNull(nodes, "nodes is null");
    requireNonNull(identity, "identity is null");
    requireNonNull(bucket, "bucket is null");
    classes = List.copyOf(classes);
    requireNonNull(localVolumes, "localVolumes is null");
    requireNonNull(images, "images is null");
    requireNonNull(repositoryPrefix, "repositoryPrefix is null");
    requireNonNull(neon, "neon is null");
    requireNonNull(dns, "dns is null");
  }

  /**
   * The account everything is in.
   *
   * @param id twelve digits; in another account nothing is touched
   * @param tags on everything that can have them
   */
  public record Account(String id, String region, Map<String, String> tags) {
    public Account {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * The nodes.
   *
   * @param autoscaler of those for computes
   * @param pool absent unless the autoscaler is Karpenter, which has no group
   */
  public record Nodes(List<NodeGroupSpec> groups, Autoscaler autoscaler, Optional<Pool> pool) {
    public Nodes {
      groups = List.copyOf(groups);
      requireNonNull(autoscaler, "autoscaler is null");
      requireNonNull(pool, "pool is null");
    }
  }

  /**
   * Nodes for computes that Karpenter makes.
   *
   * @param maxCpus of all of them together
   * @param amiVersion of Amazon Linux 2023; another one replaces the nodes
   */
  public record Pool(
      List<InstanceType> instanceTypes, int rootVolumeGiB, int maxCpus, String amiVersion) {
    public Pool {
      instanceTypes = List.copyOf(instanceTypes);
    }
  }

  /** Where Neon's images come from. */
  public enum Images {
    /** Neon's published ones, copied into the account by digest. */
    MIRROR,
    /** One's own, built by {@code ./neonstack build-neon} and pushed into the account. */
    BUILD,
    /** A registry that has them. */
    REGISTRY
  }

  /**
   * The names of the proxy.
   *
   * @param certificate who makes and renews the proxy's
   * @param email that the authority warns before a certificate ends
   */
  public record Dns(HostedZone zone, CertificateSource certificate, Optional<String> email) {}
}
