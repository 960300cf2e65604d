package dev.neonstack.review.loss;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What resources of the clouds hold, by type: the first line that fits counts. Of a type that no
 * line knows it is said that it may hold something.
 */
final class Holdings {
  private record Holding(Pattern type, Optional<String> words) {}

  private static final String LOCKED_OUT = "who comes in by it is locked out";

  private static final List<Holding> ALL =
      List.of(
          holding("kubernetes:core/v1:Namespace", "everything in it goes, volumes included"),
          holding(
              "kubernetes:core/v1:PersistentVolume(Claim)?(Patch)?", "the volume's data may go"),
          holding(
              "kubernetes:apps/v1:StatefulSet",
              "its pods end; whether their volumes go is up to the retention policy of its claims"),
          holding(
              "kubernetes:core/v1:Secret",
              "what it holds goes, and who relies on it is locked out"),
          holding(
              "kubernetes:apiextensions.k8s.io/.*", "all objects of this kind in the cluster go"),
          holding("kubernetes:postgresql.cnpg.io/.*:Database", "the database goes, with its rows"),
          holding(
              "kubernetes:postgresql.cnpg.io/.*:Cluster",
              "the database servers go, with the rows of all their databases"),
          holding("kubernetes:postgresql.cnpg.io/.*:(Backup|ScheduledBackup)", "backups may go"),
          holding(
              "kubernetes:(ceph.rook.io|objectbucket.io)/.*", "the storage goes, with its data"),
          holding("kubernetes:helm.sh/.*", "all that the chart made goes"),
          harmless(
              "kubernetes:(apps/v1:(Deployment|DaemonSet|ReplicaSet)|batch/.*"
                  + "|core/v1:(Service|ServiceAccount|ConfigMap|Pod|LimitRange|ResourceQuota)"
                  + "|(rbac.authorization.k8s.io|networking.k8s.io|policy|scheduling.k8s.io"
                  + "|autoscaling|monitoring.coreos.com|admissionregistration.k8s.io)/.*"
                  + "|storage.k8s.io/v1:StorageClass)"),
          holding("aws:s3/bucket(V2)?:.*", "the bucket goes, with its objects"),
          holding("aws:s3/(bucketObject|bucketObjectv2|objectCopy).*", "the object goes"),
          harmless("aws:s3/.*"),
          holding(
              "aws:(rds|docdb|neptune|redshift|dynamodb|memorydb|elasticache|timestreamwrite)/.*",
              "the database goes, with its rows"),
          holding("aws:(ebs|efs|fsx|backup)/.*", "the data on it goes"),
          holding("aws:ec2/(instance|spotInstanceRequest):.*", "the data on its disks goes"),
          harmless("aws:kms/(alias|grant|keyPolicy):.*"),
          holding("aws:kms/.*", "what it has encrypted can never be read again"),
          holding("aws:secretsmanager/.*", "the secret goes"),
          harmless("aws:ecr/(lifecyclePolicy|repositoryPolicy|registry.*):.*"),
          holding("aws:ecr/.*", "the images in it go"),
          holding(
              "(aws:eks/cluster|eks:index):Cluster",
              "everything in the cluster goes, volumes included"),
          holding(
              "(aws:eks/nodeGroup:NodeGroup|eks:index:(Managed)?NodeGroup.*)",
              "its nodes go, with what is on their own disks"),
          holding("aws:(cloudwatch|kinesis|sqs|sns)/.*", "what it has collected goes"),
          holding("aws:iam/(user|accessKey|userLoginProfile|sshKey).*", LOCKED_OUT),
          holding("(aws:eks/accessEntry|eks:index):AccessEntry", LOCKED_OUT),
          harmless("(aws:eks/(addon|podIdentityAssociation)|eks:index):.*"),
          harmless("aws:(iam|ec2|lb|alb|autoscaling|index|route53/record|acm)[/:].*"),
          harmless("(docker|pulumi):.*"));

  private Holdings() {}

  private static Holding holding(String type, String words) {
    return new Holding(Pattern.compile(type), Optional.of(words));
  }

  private static Holding harmless(String type) {
    return new Holding(Pattern.compile(type), Optional.empty());
  }

  /** What is lost with a resource of the type; empty where it can be made again as it was. */
  static Optional<String> of(String type) {
    return ALL.stream()
        .filter(one -> one.type().matcher(type).matches())
        .findFirst()
        .map(Holding::words)
        .orElse(Optional.of("what it holds goes with it"));
  }
}
