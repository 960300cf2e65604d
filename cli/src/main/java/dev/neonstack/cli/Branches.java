package dev.neonstack.cli;

import dev.neonstack.local.client.LocalProcessException;
import dev.neonstack.local.client.LocalServices;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneException;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.controlplane.Database;
import dev.neonstack.neon.controlplane.Endpoint;
import dev.neonstack.neon.controlplane.RegisteredBranch;
import dev.neonstack.neon.controlplane.RegisteredProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the control plane of the local process knows of branches. */
public final class Branches {

  /** A branch with its project and its endpoint. */
  public record Place(
      String projectLabel,
      RegisteredProject project,
      RegisteredBranch branch,
      Optional<Endpoint> endpoint) {
    /** How a person names it. */
    public String path() {
      return projectLabel + "/" + branch.name();
    }

    /** Why its Postgres does not answer although it shall, as a sentence. */
    Optional<String> failure() {
      return endpoint
          .flatMap(Endpoint::failure)
          .map(reason -> "branch " + path() + " does not answer: " + reason);
    }
  }

  private static final int ID_START = 8;

  private final ControlPlaneClient client;

  /** Those of a running local process. */
  public Branches(LocalServices services) {
    this.client =
        new ControlPlaneClient(
            new ControlPlaneOptions(
                services.controlPlaneUrl(), Optional.of(services.apiKey()), Optional.empty()));
  }

  /** Those of the local process, which runs. */
  public static Branches ofLocalProcess(Surroundings surroundings) {
    return new Branches(
        surroundings
            .local()
            .find()
            .orElseThrow(
                () ->
                    new LocalProcessException(
                        "the local process has ended; its log is "
                            + surroundings.paths().logFile()
                            + ". ./neonstack up starts it again")));
  }

  /** What they are asked of. */
  public ControlPlaneClient client() {
    return client;
  }

  /** All branches, parents before children. */
  public List<Place> all() {
    var places = new ArrayList<Place>();
    var projects = client.projects();
    for (var project : projects) {
      var endpoints = client.endpoints(project.id());
      for (var branch : parentsFirst(client.branches(project.id()))) {
        var endpoint =
            endpoints.stream()
                .filter(candidate -> candidate.branchId().equals(branch.id()))
                .findFirst();
        places.add(new Place(label(project, projects), project, branch, endpoint));
      }
    }
    return places;
  }

  /** Two stacks may each have a project of a name; the start of its id tells them apart. */
  private static String label(RegisteredProject project, List<RegisteredProject> all) {
    var ofThisName = all.stream().filter(one -> one.name().equals(project.name())).count();
    return ofThisName == 1
        ? project.name()
        : project.name() + "@" + project.id().toString().substring(0, ID_START);
  }

  private static List<RegisteredBranch> parentsFirst(List<RegisteredBranch> branches) {
    var ids = branches.stream().map(RegisteredBranch::id).collect(Collectors.toSet());
    var ordered = new ArrayList<RegisteredBranch>();
    for (var branch : branches) {
      if (branch.parent().filter(ids::contains).isEmpty()) {
        addWithChildren(branch, branches, ordered);
      }
    }
    return ordered;
  }

  private static void addWithChildren(
      RegisteredBranch branch, List<RegisteredBranch> branches, List<RegisteredBranch> ordered) {
    ordered.add(branch);
    for (var child : branches) {
      if (child.parent().filter(branch.id()::equals).isPresent()) {
        addWithChildren(child, branches, ordered);
      }
    }
  }

  /** The branch a person means by its name, PROJECT/NAME or its id. */
  Place named(String name) {
    var all = all();
    var byId = all.stream().filter(place -> place.branch().id().toString().equals(name)).toList();
    var found = byId.isEmpty() ? matching(all, name) : byId;
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new LocalProcessException(
          "there is no branch '" + name + "'; there are: " + paths(all));
    }
    throw new LocalProcessException(
        "'" + name + "' names several branches; name one by its id: " + withIds(found));
  }

  /** A branch's name may hold a slash, and so read as a branch of another project. */
  private static List<Place> matching(List<Place> places, String name) {
    return places.stream()
        .filter(place -> place.branch().name().equals(name) || place.path().equals(name))
        .toList();
  }

  private static String withIds(List<Place> places) {
    return places.stream()
        .map(place -> place.path() + " (" + place.branch().id() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String paths(List<Place> places) {
    return places.isEmpty()
        ? "none; ./neonstack up makes those of Pulumi.local.yaml"
        : places.stream().map(Place::path).collect(Collectors.joining(", "));
  }

  /** What Postgres itself knows of a branch; empty while its server does not answer. */
  public static <T> Optional<T> ofItsServer(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (ControlPlaneException e) {
      return switch (e.kind()) {
        case RETRY, UNKNOWN_OUTCOME, FAILED -> Optional.empty();
        case CONFLICT, REFUSED, NOT_FOUND, UNAUTHORISED -> throw e;
      };
    }
  }

  /** The databases of the branch. */
  public List<Database> databases(Place place) {
    return client.databases(place.project().id(), place.branch().id());
  }

  /** The connection string with the password in it; empty when there is nothing to connect to. */
  public Optional<String> connectionUri(Place place, Database database) {
    if (place.endpoint().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          client.connectionUri(
              place.project().id(), place.branch().id(), database.name(), database.owner(), false));
    } catch (ControlPlaneException e) {
      if (e.kind() == ControlPlaneException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
