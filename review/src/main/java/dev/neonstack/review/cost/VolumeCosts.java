package dev.neonstack.review.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import java.math.BigDecimal;
import java.util.Optional;

/** Volumes of workloads, by what their storage class makes of them, and those declared alone. */
final class VolumeCosts {
  private static final String EBS_DRIVER = "ebs.csi.aws.com";
  private static final String CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
  private static final String DEFAULT_TYPE = "gp3";

  private final Bill bill;

  VolumeCosts(Bill bill) {
    this.bill = bill;
  }

  void add() {
    bill.of("kubernetes:apps/v1:StatefulSet").forEach(this::statefulSet);
    bill.of("kubernetes:core/v1:PersistentVolumeClaim")
        .forEach(claim -> claim(name(claim), BigDecimal.ONE, claim.input("spec")));
    bill.of("kubernetes:postgresql.cnpg.io/v1:Cluster").forEach(this::database);
    bill.of("aws:ebs/volume:Volume").forEach(this::single);
  }

  private void statefulSet(Declared set) {
    var replicas = BigDecimal.valueOf(set.input("spec.replicas").asInt(1));
    set.input("spec.volumeClaimTemplates")
        .forEach(
            template ->
                claim(
                    name(set) + " " + Values.at(template, "metadata.name").asText(),
                    replicas,
                    template.path("spec")));
  }

  private void claim(String name, BigDecimal count, JsonNode spec) {
    volumes(
        name,
        count,
        Values.at(spec, "storageClassName"),
        Values.at(spec, "resources.requests.storage"));
  }

  private void database(Declared cluster) {
    var count = BigDecimal.valueOf(cluster.input("spec.instances").asInt(1));
    for (var kind : new String[] {"storage", "walStorage"}) {
      var storage = cluster.input("spec." + kind);
      if (!Values.isAbsent(storage)) {
        volumes(
            name(cluster) + " " + kind,
            count,
            Values.at(storage, "storageClass"),
            Values.at(storage, "size"));
      }
    }
  }

  private void single(Declared volume) {
    new Volume(
            "Volume " + volume.name(),
            BigDecimal.ONE,
            Volume.number(volume.input("size")).orElse(BigDecimal.ZERO),
            volume.input("type").asText(DEFAULT_TYPE),
            Volume.number(volume.input("iops")),
            Volume.number(volume.input("throughput")))
        .addTo(bill);
  }

  private void volumes(String name, BigDecimal count, JsonNode storageClass, JsonNode size) {
    var what = "Volumes " + name;
    var gib = Quantity.gib(size.asText());
    var found = find(storageClass.asText());
    if (found.isEmpty() || gib.isEmpty()) {
      var why =
          gib.isEmpty()
              ? "size '" + size.asText() + "' is no amount of storage"
              : "storage class '" + storageClass.asText() + "' is not of this stack";
      bill.addWithoutPrice(
          what, count, "volume", Values.isHidden(size) ? "size is known after up" : why);
      return;
    }
    var made = found.get();
    if (made.input("provisioner").asText().equals(EBS_DRIVER)) {
      new Volume(
              what,
              count,
              gib.get(),
              made.input("parameters.type").asText(DEFAULT_TYPE),
              iops(made, gib.get()),
              Volume.number(made.input("parameters.throughput")))
          .addTo(bill);
    }
  }

  private static Optional<BigDecimal> iops(Declared storageClass, BigDecimal gib) {
    return Volume.number(storageClass.input("parameters.iops"))
        .or(
            () ->
                Volume.number(storageClass.input("parameters.iopsPerGB"))
                    .map(each -> each.multiply(gib)));
  }

  private Optional<Declared> find(String storageClass) {
    return bill.of(CLASS).filter(one -> name(one).equals(storageClass)).findFirst();
  }

  private static String name(Declared object) {
    var name = object.input("metadata.name");
    return Values.isHidden(name) ? object.name() : name.asText(object.name());
  }
}
