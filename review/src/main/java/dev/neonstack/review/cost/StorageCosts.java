package dev.neonstack.review.cost;

import java.math.BigDecimal;

/** Buckets, registries, keys and flow logs. */
final class StorageCosts {
  private static final BigDecimal GIB_OF_A_TIB = BigDecimal.valueOf(1024);
  private static final BigDecimal FIRST_TIER = BigDecimal.valueOf(51_200);
  private static final BigDecimal SECOND_TIER = BigDecimal.valueOf(512_000);

  private final Bill bill;

  StorageCosts(Bill bill) {
    this.bill = bill;
  }

  void add() {
    if (bill.of("aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket").findAny().isPresent()) {
      buckets();
    }
    if (bill.of("aws:ecr/repository:Repository").findAny().isPresent()) {
      var gib = bill.usage().ecrGib();
      bill.add("ECR images", gib, "GiB", "ecr.gib", "assumed");
      bill.assume(gib + " GiB of images in ECR");
    }
    var keys = BigDecimal.valueOf(bill.of("aws:kms/key:Key").count());
    bill.addSome("KMS keys", keys, "key", "kms.key", "");
    bill.of("aws:ec2/flowLog:FlowLog")
        .findAny()
        .ifPresent(log -> flowLogs(log.input("logDestinationType").asText()));
  }

  private void buckets() {
    var gib = bill.usage().s3Tib().multiply(GIB_OF_A_TIB);
    tier(gib.min(FIRST_TIER), "S3 objects", "to51200");
    tier(gib.min(SECOND_TIER).subtract(FIRST_TIER), "S3 objects above 50 TiB", "to512000");
    tier(gib.subtract(SECOND_TIER), "S3 objects above 500 TiB", "above");
    bill.assume(bill.usage().s3Tib() + " TiB in S3, old versions included");
    bill.leaveOut("S3 requests");
  }

  private void tier(BigDecimal gib, String what, String tier) {
    bill.addSome(what, gib, "GiB", "s3.gib." + tier, "assumed");
  }

  private void flowLogs(String destination) {
    var gib = bill.usage().flowLogGib();
    var price = destination.equals("s3") ? "logs.s3.gib" : "logs.cloudwatch.gib";
    bill.add("Flow logs", gib, "GiB", price, "assumed");
    bill.assume(gib + " GiB of flow logs a month");
  }
}
