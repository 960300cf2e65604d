package dev.neonstack.stacks;

import com.pulumi.Context;
import com.pulumi.core.Output;
import dev.neonstack.components.ceph.CephObjectStore;
import dev.neonstack.components.ceph.CephStorageClasses;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.components.neon.ProjectTree;
import dev.neonstack.stacks.config.corp.CorpConfig;
import java.util.List;
import java.util.Optional;

/** Neon on a Kubernetes cluster that somebody else runs, with Ceph for buckets and volumes. */
public final class CorpStack {
  private static final String NAME = "neon";

  private final DataPlane plane;
  private final CephObjectStore bucket;
  private final List<ProjectTree> projects;

  /** Declares the data plane, then the projects. */
  public CorpStack(CorpConfig config, List<ProjectSpec> projects) {
    var signer = DataPlane.signer();
    var cluster = config.cluster();
    var access =
        new DataPlane.Access(Output.of(cluster.kubeconfig()), Optional.of(cluster.context()));
    this.plane = new DataPlane(config.neon(), access, access.provider(), signer);
    this.bucket =
        new CephObjectStore(NAME + "-bucket", config.bucket().in(plane.home()), plane.under());
    var classes =
        new CephStorageClasses(
            NAME + "-classes", config.rbdClasses(), config.localClasses(), plane.under());
    plane.declare(bucket.store(), classes.classes());
    this.projects = plane.projects(projects);
  }

  /** Exports where things are, and which branches there are. */
  public void export(Context context) {
    context.export("namespace", plane.home().namespace());
    context.export("services", Output.of(plane.services()));
    plane.proxyHost().ifPresent(host -> context.export("proxyHost", host));
    context.export("bucket", bucket.store().bucket());
    context.export("branches", Output.of(Exports.branches(projects)));
  }
}
