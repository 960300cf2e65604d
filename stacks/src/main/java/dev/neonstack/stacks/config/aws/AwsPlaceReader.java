package dev.neonstack.stacks.config.aws;

import dev.neonstack.components.aws.bucket.BucketName;
import dev.neonstack.components.aws.eks.AddonVersions;
import dev.neonstack.components.aws.eks.ControlPlaneLog;
import dev.neonstack.components.aws.eks.EksAddon;
import dev.neonstack.components.aws.eks.EksClusterSpec;
import dev.neonstack.components.aws.eks.EksVersion;
import dev.neonstack.components.aws.eks.PrincipalArn;
import dev.neonstack.components.aws.network.Cidr;
import dev.neonstack.components.aws.network.LogRetention;
import dev.neonstack.components.aws.network.NatGateways;
import dev.neonstack.components.aws.network.NetworkSpec;
import dev.neonstack.stacks.config.aws.AwsConfig.Account;
import dev.neonstack.stacks.config.reading.Nearest;
import dev.neonstack.stacks.config.reading.Problems;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.Sections;
import dev.neonstack.stacks.config.reading.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads account, network and cluster. */
final class AwsPlaceReader {
  private static final List<String> AWS = List.of("region", "accountId", "tags");
  private static final List<String> VPC = List.of("cidr", "zones", "nat", "flowLogDays", "buckets");
  private static final List<String> CLUSTER =
      List.of(
          "name",
          "version",
          "namespace",
          "serviceCidr",
          "publicCidrs",
          "admins",
          "logs",
          "logDays",
          "deletionProtection",
          "addonVersions");

  private static final String ACCOUNT = "the twelve digits of the account";
  private static final String EXAMPLE_ACCOUNT = "123456789012";
  private static final Cidr VPC_DEFAULT = Cidr.parse("10.20.0.0/16");
  private static final Cidr SERVICES_DEFAULT = Cidr.parse("172.20.0.0/16");
  private static final String NAME_DEFAULT = "neon";
  private static final String REGION_DEFAULT = "us-east-1";
  private static final int LOG_DAYS = 90;
  private static final int FLOW_LOG_DAYS = 30;

  /** Networks that only ever stand in documents (RFC 5737). */
  private static final List<Cidr> EXAMPLES =
      List.of(
          Cidr.parse("192.0.2.0/24"), Cidr.parse("198.51.100.0/24"), Cidr.parse("203.0.113.0/24"));

  private final Sections sections;
  private final Problems problems;
  private final boolean production;
  private final Section cluster;

  AwsPlaceReader(Sections sections, boolean production) {
    this.sections = sections;
    this.problems = sections.problems();
    this.production = production;
    this.cluster = sections.section("cluster", CLUSTER);
  }

  /** How the cluster is declared. */
  Section section() {
    return cluster;
  }

  Account account() {
    var section = sections.section("aws", AWS);
    var region = section.required("region", NetworkSpec.REGION, REGION_DEFAULT);
    if (!NetworkSpec.isRegion(region)) {
      problems.wrong(section.path("region"), region, NetworkSpec.REGION, "Write it so.");
      region = REGION_DEFAULT;
    }
    var id = section.required("accountId", ACCOUNT + " in quotes", EXAMPLE_ACCOUNT);
    if (!id.matches("[0-9]{12}") || (section.has("accountId") && id.equals(EXAMPLE_ACCOUNT))) {
      problems.wrong(
          section.path("accountId"),
          id,
          ACCOUNT + ", yours",
          "Run: aws sts get-caller-identity --query Account.");
      id = EXAMPLE_ACCOUNT;
    }
    return new Account(id, region, section.texts("tags"));
  }

  String clusterName() {
    var name = cluster.text("name").orElse(NAME_DEFAULT);
    if (EksClusterSpec.isName(name)) {
      return name;
    }
    problems.wrong(cluster.path("name"), name, EksClusterSpec.NAME, "Rename it.");
    return NAME_DEFAULT;
  }

  NetworkSpec network(Account account, String clusterName, BucketName bucket) {
    var section = sections.section("vpc", VPC);
    var zones = zones(section, account.region());
    return new NetworkSpec(
        clusterName,
        account.region(),
        cidr(section),
        zones,
        nat(section),
        flowLogDays(section),
        buckets(section, bucket));
  }

  /** That of Neon's data, and those of yours that are used from inside, such as Pulumi's state. */
  private List<String> buckets(Section section, BucketName data) {
    var buckets = new ArrayList<String>(List.of(data.text()));
    for (var name : section.textList("buckets")) {
      if (!BucketName.isName(name)) {
        problems.wrong(section.path("buckets"), name, BucketName.EXPECTED, "Write its name alone.");
      } else if (!buckets.contains(name)) {
        buckets.add(name);
      }
    }
    return buckets;
  }

  private Cidr cidr(Section section) {
    var cidr = section.parsed("cidr", AwsPlaceReader::network, Cidr.EXPECTED, "Write it so.");
    if (cidr.isPresent() && !NetworkSpec.isVpc(cidr.get())) {
      problems.wrong(section.path("cidr"), cidr.get(), NetworkSpec.SIZE, "Choose another.");
      return VPC_DEFAULT;
    }
    return cidr.orElse(VPC_DEFAULT);
  }

  private List<String> zones(Section section, String region) {
    var absent = List.of(region + "a", region + "b", region + "c");
    var zones = section.has("zones") ? section.textList("zones") : absent;
    var right = true;
    for (var zone : zones) {
      if (!NetworkSpec.isZone(region, zone)) {
        problems.wrong(
            section.path("zones"), zone, "a zone of " + region, "Such as %sa.".formatted(region));
        right = false;
      }
    }
    if (new HashSet<>(zones).size() < zones.size() || zones.size() < 2) {
      problems.wrong(
          section.path("zones"),
          String.join(", ", zones),
          "two zones or more, each once",
          "EKS wants two; three safekeepers want three.");
      right = false;
    }
    return right ? zones : absent;
  }

  private NatGateways nat(Section section) {
    var nat =
        Words.choice(
            problems,
            section.path("nat"),
            section.text("nat"),
            production ? NatGateways.PER_ZONE : NatGateways.ONE,
            Arrays.asList(NatGateways.values()));
    if (production && nat == NatGateways.ONE) {
      problems.wrong(
          section.path("nat"),
          "one",
          "per-zone, as production is true",
          "With one, the loss of its zone takes every zone from the internet.");
    }
    return nat;
  }

  private Optional<Integer> flowLogDays(Section section) {
    if (!section.has("flowLogDays")) {
      return production ? Optional.of(FLOW_LOG_DAYS) : Optional.empty();
    }
    return Optional.of(logDays(section, "flowLogDays", FLOW_LOG_DAYS));
  }

  private int logDays(Section section, String key, int absent) {
    var days = section.integer(key, LogRetention.EXPECTED).orElse(absent);
    if (LogRetention.isRetention(days)) {
      return days;
    }
    problems.wrong(section.path(key), days, LogRetention.EXPECTED, "CloudWatch takes no other.");
    return absent;
  }

  EksClusterSpec cluster(NetworkSpec network) {
    return new EksClusterSpec(
        network.clusterName(),
        version(),
        network.cidr(),
        serviceCidr(network.cidr()),
        publicCidrs(),
        admins(),
        logs(),
        logDays(cluster, "logDays", LOG_DAYS),
        deletionProtection(),
        addonVersions());
  }

  private EksVersion version() {
    return cluster
        .text("version")
        .flatMap(text -> problems.checked(cluster.path("version"), () -> EksVersion.parse(text)))
        .orElse(EksVersion.DEFAULT);
  }

  private Cidr serviceCidr(Cidr vpc) {
    var services =
        cluster
            .parsed("serviceCidr", AwsPlaceReader::network, Cidr.EXPECTED, "Write it so.")
            .orElse(SERVICES_DEFAULT);
    if (EksClusterSpec.isServiceCidr(services, vpc)) {
      return services;
    }
    problems.wrong(
        cluster.path("serviceCidr"),
        services,
        EksClusterSpec.SERVICE_CIDR + ", which is " + vpc,
        "Choose a network that nothing else has.");
    return vpc.overlaps(SERVICES_DEFAULT) ? Cidr.parse("10.100.0.0/16") : SERVICES_DEFAULT;
  }

  private List<Cidr> publicCidrs() {
    var found = new ArrayList<Cidr>();
    for (var text : cluster.textList("publicCidrs")) {
      var cidr = network(text);
      if (cidr.isEmpty()) {
        problems.wrong(cluster.path("publicCidrs"), text, Cidr.EXPECTED, "Write it so.");
      } else if (cidr.get().equals(Cidr.EVERYWHERE)) {
        problems.wrong(
            cluster.path("publicCidrs"),
            text,
            "networks that people come from",
            "An endpoint for the whole internet is asked by all of it.");
      } else if (EXAMPLES.stream().anyMatch(cidr.get()::overlaps)) {
        problems.wrong(
            cluster.path("publicCidrs"),
            text,
            "your own address",
            "This network is for examples only; curl -s https://checkip.amazonaws.com tells yours.");
      } else {
        found.add(cidr.get());
      }
    }
    return found;
  }

  private Map<String, PrincipalArn> admins() {
    var admins = new LinkedHashMap<String, PrincipalArn>();
    cluster
        .texts("admins")
        .forEach(
            (name, arn) -> {
              if (PrincipalArn.isPrincipal(arn)) {
                admins.put(name, new PrincipalArn(arn));
              } else {
                problems.wrong(
                    cluster.path("admins") + "." + name,
                    arn,
                    PrincipalArn.EXPECTED,
                    "Write it so.");
              }
            });
    return admins;
  }

  private Set<ControlPlaneLog> logs() {
    if (!cluster.has("logs")) {
      return ControlPlaneLog.ALL;
    }
    var logs = EnumSet.noneOf(ControlPlaneLog.class);
    var words = ControlPlaneLog.ALL.stream().map(ControlPlaneLog::type).sorted().toList();
    for (var word : cluster.textList("logs")) {
      ControlPlaneLog.ALL.stream()
          .filter(log -> log.type().equals(word))
          .findFirst()
          .ifPresentOrElse(
              logs::add,
              () ->
                  problems.wrong(
                      cluster.path("logs"),
                      word,
                      "one of " + String.join(", ", words),
                      Nearest.hint(word, words, "Choose one.")));
    }
    return logs;
  }

  private boolean deletionProtection() {
    var wanted = cluster.flag("deletionProtection", production);
    if (production && !wanted) {
      problems.wrong(
          cluster.path("deletionProtection"),
          false,
          "true, as production is true",
          "Without it one call removes the cluster and all volumes in it.");
    }
    return wanted;
  }

  private AddonVersions addonVersions() {
    var names =
        Arrays.stream(EksAddon.values())
            .collect(Collectors.toMap(EksAddon::addonName, addon -> addon));
    var pinned = new EnumMap<EksAddon, String>(EksAddon.class);
    cluster
        .texts("addonVersions")
        .forEach(
            (name, version) -> {
              var path = cluster.path("addonVersions") + "." + name;
              if (!names.containsKey(name)) {
                problems.add(
                    Section.unknown(path, name, names.keySet().stream().sorted().toList()));
              } else if (!AddonVersions.isVersion(version)) {
                problems.wrong(path, version, AddonVersions.EXPECTED, "Write it as EKS does.");
              } else {
                pinned.put(names.get(name), version);
              }
            });
    return new AddonVersions(pinned);
  }

  private static Optional<Cidr> network(String text) {
    return Cidr.isCidr(text) ? Optional.of(Cidr.parse(text)) : Optional.empty();
  }
}
