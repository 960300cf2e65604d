package dev.neonstack.components.neon;

import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.sdk.Branch;
import dev.neonstack.sdk.Database;
import dev.neonstack.sdk.DatabaseArgs;
import dev.neonstack.sdk.Project;
import dev.neonstack.sdk.Role;
import dev.neonstack.sdk.RoleArgs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The roles and databases of one branch: those declared for it, and those it inherits. */
final class BranchContents {
  private final Resource tree;
  private final Project project;
  private final ResourceName place;
  private final Branch branch;
  private final List<Resource> servers;
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<String, Role> inherited = new LinkedHashMap<>();
  private final Map<String, Database> databases = new LinkedHashMap<>();

  /** Their resources are made once these servers run. */
  BranchContents(
      Resource tree, Project project, ResourceName place, Branch branch, List<Resource> servers) {
    this.tree = tree;
    this.project = project;
    this.place = place;
    this.branch = branch;
    this.servers = List.copyOf(servers);
  }

  void declare(RoleSpec declared) {
    roles.put(declared.name(), role(declared, false));
  }

  void declare(DatabaseSpec declared) {
    databases.put(declared.name(), database(declared, false));
  }

  /**
   * What a branch that declares no role or database connects with. The password of the branch's
   * copy is its own: the ancestor's may change later. A database that the ancestor has given
   * another name gets it here too, else the connection string would name one that is not there. The
   * copies came with the data and stay with it.
   */
  void inherit(TreeBranch parent) {
    if (roles.isEmpty()) {
      parent.firstRole().ifPresent(this::inherit);
    }
    if (databases.isEmpty()) {
      parent
          .firstDatabase()
          .filter(database -> !database.formerNames().isEmpty())
          .ifPresent(
              database -> {
                if (!roles.containsKey(database.owner())) {
                  parent.role(database.owner()).ifPresent(this::inherit);
                }
                database(database, true);
              });
    }
  }

  private void inherit(RoleSpec ancestors) {
    if (!inherited.containsKey(ancestors.name())) {
      var former =
          ancestors.formerNames().stream().filter(name -> !roles.containsKey(name)).toList();
      var copy = new RoleSpec(ancestors.name(), Optional.empty(), former);
      inherited.put(ancestors.name(), role(copy, true));
    }
  }

  List<Role> roles() {
    return List.copyOf(roles.values());
  }

  List<Database> databases() {
    return List.copyOf(databases.values());
  }

  /** The first of the roles, or the inherited one. */
  Optional<Role> login() {
    return roles.values().stream().findFirst().or(() -> inherited.values().stream().findFirst());
  }

  private Role role(RoleSpec declared, boolean stays) {
    var name = place.child(declared.name(), declared.formerNames());
    var args =
        RoleArgs.builder()
            .project(project.tenantId())
            .branch(branch.branchId())
            .name(declared.name());
    declared.password().ifPresent(password -> args.password(Output.ofSecret(password)));
    if (!declared.formerNames().isEmpty()) {
      args.renamedFrom(declared.formerNames());
    }
    return new Role(name.now(), args.build(), options(name, List.of(), stays));
  }

  private Database database(DatabaseSpec declared, boolean stays) {
    var name = place.child(declared.name(), declared.formerNames());
    var owner =
        Optional.ofNullable(roles.get(declared.owner()))
            .or(() -> Optional.ofNullable(inherited.get(declared.owner())));
    var args =
        DatabaseArgs.builder()
            .project(project.tenantId())
            .branch(branch.branchId())
            .name(declared.name())
            .owner(declared.owner());
    if (!declared.formerNames().isEmpty()) {
      args.renamedFrom(declared.formerNames());
    }
    return new Database(
        name.now(),
        args.build(),
        options(name, owner.map(List::<Resource>of).orElse(List.of()), stays));
  }

  private CustomResourceOptions options(
      ResourceName name, List<Resource> dependsOn, boolean stays) {
    var all = new ArrayList<>(servers);
    all.addAll(dependsOn);
    var options =
        CustomResourceOptions.builder().parent(tree).dependsOn(all).aliases(name.aliases());
    return stays ? options.retainOnDelete(true).build() : options.build();
  }
}
