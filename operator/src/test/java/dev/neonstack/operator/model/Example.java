package dev.neonstack.operator.model;

import dev.neonstack.operator.api.NeonCompute;
import dev.neonstack.operator.model.PodSettings.Reach;
import dev.neonstack.operator.model.PodSettings.Scheduling;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A compute, and an operator that has everything. */
public final class Example {
  /** A start of it. */
  public static final Start START =
      new Start(UUID.fromString("3f2c1d7e-0000-4000-8000-000000000012"), 17);

  private static final Map<String, String> NODES = Map.of("neonstack.dev/node", "compute");

  private Example() {}

  /** As the API server gives it, defaults filled in. */
  public static NeonCompute compute() {
    return compute("");
  }

  /** With more fields of the spec, in YAML of four spaces. */
  public static NeonCompute compute(String more) {
    return Serialization.unmarshal(
        """
        apiVersion: neon.io/v1
        kind: NeonCompute
        metadata:
          name: dev-feature
          namespace: neon
          uid: 0f0f0f0f-0000-4000-8000-000000000001
          generation: 3
          creationTimestamp: "2026-11-28T04:00:00Z"
        spec:
            tenantId: de200bd42b49cc1814412c7e592dd6e9
            timelineId: b3b845107e58ea5e3c0a67ef3fe24da2
            resources: {cpu: "2", memory: 4Gi}
            suspend: {enabled: true, idleTimeout: 300}
            suspended: false
            login: {role: app, database: app}
            logicalReplication: false
        """
            + more,
        NeonCompute.class);
  }

  /** All that can be set. */
  public static PodSettings settings() {
    return new PodSettings(
        Map.of(17, "registry.example.com/neon/compute-node-v17:1"),
        Optional.of("registry.example.com/pgbouncer:1"),
        Optional.of("registry.example.com/postgres-exporter:1"),
        URI.create("http://control-plane.neon.svc:8081"),
        Optional.of("compute-tls"),
        new Scheduling(
            NODES,
            List.of(
                new TolerationBuilder()
                    .withKey("neonstack.dev/node")
                    .withValue("compute")
                    .withEffect("NoSchedule")
                    .build()),
            List.of("registry"),
            Optional.of("neon-compute")),
        new Reach(
            Map.of("app.kubernetes.io/component", "proxy"),
            Map.of("app.kubernetes.io/component", "control-plane"),
            Optional.of("monitoring")));
  }
}
