package dev.neonstack.components.neon;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.sdk.Branch;
import dev.neonstack.sdk.BranchArgs;
import dev.neonstack.sdk.Endpoint;
import dev.neonstack.sdk.EndpointArgs;
import dev.neonstack.sdk.Project;
import dev.neonstack.sdk.ProjectArgs;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project with its whole tree of branches. A branch is named {@code project/branch}, what belongs
 * to it {@code project/branch/name}, and its endpoint as the branch. A protected branch is also
 * protected in Pulumi, so that a refused destroy touches nothing at all.
 */
public final class ProjectTree extends ComponentResource {
  private static final int NEVER = -1;

  private final ProjectSpec spec;
  private final ResourceName name;
  private final Project project;
  private final List<TreeBranch> branches;

  /**
   * Declares the project and everything in it. What was called otherwise before keeps its identity
   * in the engine, and so does what belongs to it.
   *
   * @throws IllegalArgumentException when the branches are not a tree
   */
  public ProjectTree(String name, ProjectSpec spec, ComponentResourceOptions options) {
    super("neonstack:neon:ProjectTree", name, options(spec, options));
    this.spec = spec;
    this.name = new ResourceName(name, spec.formerNames());
    var ordered = BranchOrder.parentsFirst(spec.branches());
    this.project = project();
    var made = new LinkedHashMap<String, TreeBranch>();
    for (var branch : ordered) {
      made.put(branch.name(), branch(branch, made));
    }
    this.branches = List.copyOf(made.values());
    registerOutputs(Map.of());
  }

  /** Merged with none, the SDK would change the options that all resources without any share. */
  private static ComponentResourceOptions options(
      ProjectSpec spec, ComponentResourceOptions options) {
    var former = new ResourceName(spec.name(), spec.formerNames()).aliases();
    var known = ComponentResourceOptions.builder().aliases(former).build();
    return options == null ? known : ComponentResourceOptions.merge(options, known);
  }

  public String projectName() {
    return spec.name();
  }

  /** The id of the project in Neon's storage. */
  public Output<String> tenantId() {
    return project.tenantId();
  }

  /** The branches, parents first. */
  public List<TreeBranch> branches() {
    return branches;
  }

  private Project project() {
    var args =
        ProjectArgs.builder()
            .name(spec.name())
            .pgVersion(spec.pgVersion())
            .historyRetention(DurationText.of(spec.historyRetention()));
    spec.region().ifPresent(args::region);
    return new Project(name.now(), args.build(), child(name, List.of()).build());
  }

  private TreeBranch branch(BranchSpec declared, Map<String, TreeBranch> made) {
    var place = name.child(declared.name(), declared.formerNames());
    var parent = declared.parent().map(made::get);
    var branch =
        new Branch(
            place.now(), branchArgs(declared, parent), branchOptions(place, declared, parent));
    var endpoint = declared.endpoint().map(server -> endpoint(place, server, branch));
    var servers = endpoint.map(List::<Resource>of).orElse(List.of());
    var contents = new BranchContents(this, project, place, branch, servers);
    declared.roles().forEach(contents::declare);
    declared.databases().forEach(contents::declare);
    if (declared.endpoint().isPresent()) {
      parent.ifPresent(contents::inherit);
    }
    return new TreeBranch(
        declared,
        parent,
        branch,
        contents.roles(),
        contents.databases(),
        contents.login(),
        endpoint);
  }

  private BranchArgs branchArgs(BranchSpec declared, Optional<TreeBranch> parent) {
    var args = BranchArgs.builder().project(project.tenantId()).name(declared.name());
    parent.ifPresent(above -> args.parent(above.branch().branchId()));
    declared
        .origin()
        .ifPresent(
            origin -> {
              origin.lsn().ifPresent(lsn -> args.parentLsn(lsn.toString()));
              origin.timestamp().ifPresent(moment -> args.parentTimestamp(moment.toString()));
            });
    var lifetime = declared.lifetime();
    lifetime.expiresAt().map(Instant::toString).ifPresent(args::expiresAt);
    lifetime.ttl().map(DurationText::of).ifPresent(args::ttl);
    if (lifetime.protectedBranch()) {
      args.protected_(true);
    }
    if (declared.archived()) {
      args.archived(true);
    }
    return args.build();
  }

  private CustomResourceOptions branchOptions(
      ResourceName place, BranchSpec declared, Optional<TreeBranch> parent) {
    var options = child(place, parent.map(TreeBranch::inheritable).orElse(List.of()));
    if (declared.lifetime().protectedBranch()) {
      options.protect(true);
    }
    return options.build();
  }

  /** Made first, so that roles and databases are made in a Postgres that runs. */
  private Endpoint endpoint(ResourceName place, EndpointSpec declared, Branch branch) {
    var args =
        EndpointArgs.builder()
            .project(project.tenantId())
            .branch(branch.branchId())
            .settings(declared.settings());
    declared
        .suspendTimeout()
        .map(idle -> idle.isZero() ? NEVER : (int) idle.toSeconds())
        .ifPresent(args::suspendTimeout);
    declared.minCu().ifPresent(args::minCu);
    declared.maxCu().ifPresent(args::maxCu);
    declared.pooler().ifPresent(args::pooler);
    return new Endpoint(place.now(), args.build(), child(place, List.of()).build());
  }

  private CustomResourceOptions.Builder child(ResourceName place, List<Resource> dependsOn) {
    return CustomResourceOptions.builder()
        .parent(this)
        .dependsOn(dependsOn)
        .aliases(place.aliases());
  }
}
