package dev.neonstack.review.cost;

import dev.neonstack.review.Declared;
import dev.neonstack.review.EksSupport;
import dev.neonstack.review.Values;
import java.math.BigDecimal;

/** Control planes of EKS and what they log. */
final class ClusterCosts {
  private final Bill bill;

  ClusterCosts(Bill bill) {
    this.bill = bill;
  }

  void add() {
    bill.of("aws:eks/cluster:Cluster", "eks:index:Cluster").forEach(this::cluster);
  }

  private void cluster(Declared cluster) {
    var version = cluster.input("version");
    var support = Values.isHidden(version) ? "" : version.asText("");
    var isStandard =
        EksSupport.of(support).map(dates -> dates.isStandard(bill.usage().today())).orElse(true);
    bill.add(
        "EKS control plane " + cluster.name(),
        BigDecimal.ONE,
        "cluster",
        isStandard ? "eks.standard" : "eks.extended",
        isStandard ? "" : "version " + support + " is in extended support");
    if (!cluster.input("enabledClusterLogTypes").isEmpty()) {
      var gib = bill.usage().controlPlaneLogGib();
      bill.add(
          "Control-plane logs " + cluster.name(), gib, "GiB", "logs.cloudwatch.gib", "assumed");
      bill.assume(gib + " GiB of control-plane logs a month");
    }
  }
}
