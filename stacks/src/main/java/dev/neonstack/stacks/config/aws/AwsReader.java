package dev.neonstack.stacks.config.aws;

import dev.neonstack.components.aws.bucket.BucketName;
import dev.neonstack.components.aws.bucket.BucketSpec;
import dev.neonstack.components.aws.eks.NodeGroupSpec;
import dev.neonstack.components.aws.eks.Purpose;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import dev.neonstack.components.aws.network.NetworkSpec;
import dev.neonstack.components.aws.registry.Repositories;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.stacks.config.aws.AwsConfig.Account;
import dev.neonstack.stacks.config.aws.AwsConfig.Images;
import dev.neonstack.stacks.config.neon.ImageReader;
import dev.neonstack.stacks.config.neon.NeonConfig;
import dev.neonstack.stacks.config.neon.NeonReader;
import dev.neonstack.stacks.config.neon.PodReader;
import dev.neonstack.stacks.config.reading.Problems;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.Sections;
import dev.neonstack.stacks.config.reading.Settings;
import dev.neonstack.stacks.config.reading.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what a stack on AWS declares beside its projects; Pulumi.dev.yaml explains it. */
public final class AwsReader {
  public static final List<String> KEYS = keys();

  private static final String ZONE_LABEL = "topology.kubernetes.io/zone";
  private static final List<String> BUCKET =
      List.of("name", "noncurrentDays", "pageserverPrefix", "safekeeperPrefix");
  private static final List<String> IMAGES = imageKeys();
  private static final int MOST_DAYS = 3650;

  private final Sections sections;
  private final NeonReader neon;
  private final List<ProjectSpec> projects;

  public AwsReader(Settings settings, Problems problems, List<ProjectSpec> projects) {
    this.projects = List.copyOf(projects);
    this.sections = new Sections(settings, problems);
    this.neon = new NeonReader(sections);
  }

  public AwsConfig read() {
    var place = new AwsPlaceReader(sections, neon.production());
    var account = place.account();
    var clusterName = place.clusterName();
    var bucket = sections.section("bucket", BUCKET);
    var bucketName = bucketName(bucket, clusterName, account);
    var network = place.network(account, clusterName, bucketName);
    var cluster = place.cluster(network);
    var nodes = new NodeReader(sections).read();
    var volumes = new EbsReader(sections, nodes.groups());
    var images = sections.section("images", IMAGES);
    var source = source(images);
    var namespace = neon.namespace(place.section());
    var dns = new DnsReader(sections).read();
    var pods = new PodReader(namespace, images(images, source), placement(nodes.groups()));
    var storage = neon.storage(pods, volumes, account.region());
    var proxy = new NlbReader(sections, pods, dns).read(network.cidr());
    var declared =
        neon.neon(
            pods,
            ZONE_LABEL,
            storage,
            found -> AwsFlows.of(found, network, cluster, proxy, prometheus()),
            proxy.map(NlbReader.Read::proxy));
    checkZones(network, storage);
    return new AwsConfig(
        neon.production(),
        account,
        network,
        cluster,
        nodes,
        identity(),
        bucket(bucket, bucketName, account, storage),
        volumes.classes(),
        volumes.local(),
        source,
        repositoryPrefix(images),
        declared,
        dns);
  }

  /** The namespace that reads metrics. */
  private Optional<String> prometheus() {
    return sections.section("network", List.of("prometheus")).text("prometheus");
  }

  /** No two safekeepers share a zone. */
  private void checkZones(NetworkSpec network, NeonConfig.Storage storage) {
    var replicas = storage.safekeepers().replicas();
    if (network.zones().size() < replicas) {
      sections
          .problems()
          .wrong(
              "vpc.zones",
              String.join(", ", network.zones()),
              "as many zones as there are safekeepers, which is " + replicas,
              "No two safekeepers share a zone, so that one can be lost; add zones.");
    }
  }

  private BucketName bucketName(Section section, String clusterName, Account account) {
    var absent = new BucketName(clusterName.toLowerCase(Locale.ROOT) + "-" + account.id());
    var name = section.text("name").orElse(absent.text());
    if (BucketName.isName(name)) {
      return new BucketName(name);
    }
    section
        .problems()
        .wrong(
            section.path("name"),
            name,
            BucketName.EXPECTED,
            "Leave it out for %s.".formatted(absent));
    return absent;
  }

  private BucketSpec bucket(
      Section section, BucketName name, Account account, NeonConfig.Storage storage) {
    var history = longest(storage.pageservers().tuning().historyRetention());
    var least = (int) Math.max(history.toDays(), BucketSpec.DEFAULT_NONCURRENT_DAYS);
    var absent =
        new BucketSpec(
            name,
            account.region(),
            BucketSpec.DEFAULT_PAGESERVER_PREFIX,
            BucketSpec.DEFAULT_SAFEKEEPER_PREFIX,
            history,
            least,
            neon.production());
    return section
        .checked(
            () ->
                new BucketSpec(
                    name,
                    account.region(),
                    section.text("pageserverPrefix").orElse(absent.pageserverPrefix()),
                    section.text("safekeeperPrefix").orElse(absent.safekeeperPrefix()),
                    history,
                    section.count("noncurrentDays", 1, MOST_DAYS, least),
                    neon.production()))
        .orElse(absent);
  }

  /** Whatever any project is promised. */
  private Duration longest(Duration ofStorage) {
    return projects.stream()
        .map(ProjectSpec::historyRetention)
        .reduce(ofStorage, (one, other) -> one.compareTo(other) < 0 ? other : one);
  }

  private WorkloadIdentity identity() {
    return Words.choice(
        sections.problems(),
        "identity",
        sections.text("identity"),
        WorkloadIdentity.IRSA,
        Arrays.asList(WorkloadIdentity.values()));
  }

  private static Images source(Section section) {
    return Words.choice(
        section.problems(),
        section.path("source"),
        section.text("source"),
        Images.MIRROR,
        Arrays.asList(Images.values()));
  }

  private static String repositoryPrefix(Section section) {
    var prefix = section.text("repositoryPrefix").orElse(Repositories.DEFAULT_PREFIX);
    if (Repositories.isPrefix(prefix)) {
      return prefix;
    }
    section
        .problems()
        .wrong(
            section.path("repositoryPrefix"), prefix, Repositories.PREFIX, "Such as neon-second.");
    return Repositories.DEFAULT_PREFIX;
  }

  private ImageReader images(Section section, Images source) {
    return source == Images.REGISTRY
        ? ImageReader.all(neon.production(), section)
        : ImageReader.others(neon.production(), section);
  }

  /** Storage has its own nodes where there are such, and else goes where everything goes. */
  private static Placement placement(List<NodeGroupSpec> groups) {
    return groups.stream().anyMatch(group -> group.purpose() == Purpose.STORAGE)
        ? Purpose.STORAGE.placement()
        : Placement.ANYWHERE;
  }

  private static List<String> imageKeys() {
    var keys = new ArrayList<>(ImageReader.KEYS);
    keys.addAll(List.of("source", "repositoryPrefix"));
    return List.copyOf(keys);
  }

  private static List<String> keys() {
    var keys = new ArrayList<>(NeonReader.KEYS);
    keys.addAll(
        List.of(
            "aws",
            "vpc",
            "network",
            "cluster",
            "nodes",
            "identity",
            "bucket",
            "storageClasses",
            "images",
            "dns"));
    return List.copyOf(keys);
  }
}
