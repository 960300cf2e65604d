package dev.neonstack.stacks.cluster;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ExistingObjectsTest extends FakeCluster {
  private void set(String name, String size, String storageClass) {
    cluster.put(
        SETS,
        """
        {"metadata": {"name": "%s"}, "spec": {"volumeClaimTemplates": [{"spec":
          {"storageClassName": "%s", "resources": {"requests": {"storage": "%s"}}}}]}}
        """
            .formatted(name, storageClass, size));
  }

  @Test
  void aLargerVolumeIsSaidWithItsSteps() {
    set("safekeeper", "100Gi", "neon-ceph-rbd");
    set("pageserver", "500Gi", "neon-local-nvme");
    check();

    settings.with("storage/safekeepers/volumeGiB", "200");
    var kubectl =
        "kubectl --kubeconfig " + folder.resolve("kubeconfig") + " --context fake -n neon ";
    refused()
        .hasMessageContaining("1 problem ")
        .hasMessageContaining("storage.safekeepers.volumeGiB is '200'; expected 100Gi, which the")
        .hasMessageContaining(
            kubectl
                + "patch pvc data-safekeeper-2 -p '{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"200Gi\"}}}}'")
        .hasMessageContaining(kubectl + "delete statefulset safekeeper --cascade=orphan");

    cluster.remove(SETS, "safekeeper");
    for (var ordinal : List.of(0, 1, 2)) {
      claim("data-safekeeper-" + ordinal, ordinal == 1 ? "100Gi" : "200Gi");
    }
    refused()
        .hasMessageContaining("expected no more than the claims data-safekeeper-1 ask for")
        .hasMessageNotContaining("data-safekeeper-2");

    claim("data-safekeeper-1", "200Gi");
    check();
  }

  private void claim(String name, String size) {
    cluster.put(
        CLAIMS,
        "{\"metadata\": {\"name\": \"%s\"}, \"spec\": {\"resources\": {\"requests\": {\"storage\": \"%s\"}}}}"
            .formatted(name, size));
  }

  @Test
  void aSmallerVolumeAndAnotherClassAreSaid() {
    set("safekeeper", "150Gi", "neon-ceph-rbd");
    set("pageserver", "500Gi", "old-nvme");
    cluster.put(
        "/apis/postgresql.cnpg.io/v1/namespaces/neon/clusters",
        """
        {"metadata": {"name": "storage-controller-db"},
         "spec": {"storage": {"size": "30Gi", "storageClass": "neon-ceph-rbd"}}}
        """);

    refused()
        .hasMessageContaining("3 problems")
        .hasMessageContaining("storage.safekeepers.volumeGiB is '100'; expected 150Gi")
        .hasMessageContaining("volumes do not shrink")
        .hasMessageContaining(
            "storage.pageservers.storageClass is 'neon-local-nvme'; expected 'old-nvme'")
        .hasMessageContaining("storage.controller.database.volumeGiB is '20'; expected 30Gi");
  }

  @Test
  void whatSomebodyHasSetByHandIsSaidWithHowToGiveItBack() {
    cluster.put(
        DEPLOYMENTS,
        """
        {"metadata": {"name": "proxy", "labels": {"app.kubernetes.io/part-of": "neonstack"},
          "managedFields": [
            {"manager": "pulumi-kubernetes-0a1b2c3d", "operation": "Apply",
             "fieldsV1": {"f:spec": {"f:strategy": {}}}},
            {"manager": "kubectl", "operation": "Update", "time": "2026-11-28T01:00:00Z",
             "subresource": "scale", "fieldsV1": {"f:spec": {"f:replicas": {}}}},
            {"manager": "kube-controller-manager", "operation": "Update", "subresource": "status",
             "fieldsV1": {"f:status": {"f:replicas": {}}}},
            {"manager": "kubectl-rollout", "operation": "Update",
             "fieldsV1": {"f:spec": {"f:template": {"f:metadata": {"f:annotations":
               {"f:kubectl.kubernetes.io/restartedAt": {}}}}}}}]}}
        """);

    refused()
        .hasMessageContaining("1 problem ")
        .hasMessageContaining(
            "Deployment 'proxy' has spec.replicas from 'kubectl' (2026-11-28T01:00:00Z); expected this stack's hand only")
        .hasMessageContaining(
            "patch deployment proxy --type=json -p '[{\"op\":\"test\",\"path\":\"/metadata/managedFields/1/manager\",\"value\":\"kubectl\"}");
  }

  @Test
  void anImageThatSomebodyHasSetIsNamedByItsContainer() {
    cluster.put(
        SETS,
        """
        {"metadata": {"name": "pageserver", "labels": {"app.kubernetes.io/part-of": "neonstack"},
          "managedFields": [{"manager": "kubectl-set", "operation": "Update",
             "fieldsV1": {"f:spec": {"f:template": {"f:spec": {"f:containers":
               {"k:{\\"name\\":\\"pageserver\\"}": {"f:image": {}}}}}}}}]}}
        """);

    refused()
        .hasMessageContaining(
            "StatefulSet 'pageserver' has spec.template.spec.containers[pageserver].image from 'kubectl-set'");
  }
}
