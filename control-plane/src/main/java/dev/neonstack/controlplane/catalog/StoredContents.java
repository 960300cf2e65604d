package dev.neonstack.controlplane.catalog;

import com.fasterxml.jackson.databind.util.StdConverter;
import dev.neonstack.controlplane.catalog.Contents.Known;
import dev.neonstack.controlplane.port.AccountChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Contents as a catalog file has them: of this version, or of versions that kept a list of roles
 * and databases and brought every Postgres to it.
 */
record StoredContents(
    Optional<Known> known,
    List<RoleEntry> roles,
    List<DatabaseEntry> databases,
    List<AccountChange> wanted,
    boolean renewPasswords,
    List<Secret> secrets,
    List<String> replaced,
    List<String> droppedRoles,
    List<String> droppedDatabases) {

  /** Reads either form. */
  static final class Reader extends StdConverter<StoredContents, Contents> {
    @Override
    public Contents convert(StoredContents stored) {
      return stored.contents();
    }
  }

  private Contents contents() {
    if (known != null && known.isPresent()) {
      return new Contents(
          known.get(),
          roles,
          databases,
          wanted,
          renewPasswords,
          secrets,
          some(replaced).collect(Collectors.toSet()));
    }
    var drops =
        Stream.concat(
                some(droppedDatabases).map(AccountChange::dropDatabase),
                some(droppedRoles).map(AccountChange::dropRole))
            .toList();
    var passwords =
        some(roles)
            .flatMap(
                role ->
                    role
                        .password()
                        .map(
                            password ->
                                new Secret(
                                    role.name(),
                                    password,
                                    role.scramVerifier().orElseThrow(),
                                    role.updatedAt()))
                        .stream())
            .toList();
    return ContentsBuilder.builder(Contents.UNSEEN)
        .known(Known.LISTED)
        .roles(some(roles).toList())
        .databases(some(databases).toList())
        .wanted(drops)
        .secrets(passwords)
        .build();
  }

  private static <T> Stream<T> some(List<T> list) {
    return list == null ? Stream.of() : list.stream();
  }

  /**
   * What a list means to this version: what it asked for while no server ran is a change that is
   * still wanted; all else a Postgres has by now, or got it by its parent's list though its data
   * may not have it.
   */
  static Branch takenOver(Content content, Branch branch) {
    var contents = branch.contents();
    if (contents.known() != Known.LISTED) {
      return branch;
    }
    var endpoints = content.endpointsOf(branch.key());
    var ran = endpoints.stream().anyMatch(e -> e.desired() == EndpointEntry.Desired.ACTIVE);
    var since =
        endpoints.stream()
            .map(EndpointEntry::updatedAt)
            .max(Instant::compareTo)
            .orElse(branch.createdAt());
    Predicate<Instant> isNews = at -> !ran && !at.isBefore(since);
    var wanted = new ArrayList<AccountChange>();
    // A child without endpoints has its parent's drops, which nobody asked for there.
    if (!ran && (!endpoints.isEmpty() || branch.origin().parent().isEmpty())) {
      wanted.addAll(contents.wanted());
    }
    for (var role : contents.roles()) {
      if (isNews.test(role.updatedAt())) {
        wanted.add(AccountChange.putRole(role.name(), role.scramVerifier().orElseThrow()));
      }
    }
    for (var database : contents.databases()) {
      if (isNews.test(database.updatedAt())) {
        wanted.add(AccountChange.putDatabase(database.name(), database.owner()));
      }
    }
    var unseen = endpoints.isEmpty() && branch.origin().parent().isPresent();
    Predicate<Instant> stays = at -> !unseen || isNews.test(at);
    return branch.holding(
        ContentsBuilder.builder(contents)
            .known(unseen ? Known.UNSEEN : Known.EARLIER)
            .roles(contents.roles().stream().filter(r -> stays.test(r.updatedAt())).toList())
            .databases(
                contents.databases().stream().filter(d -> stays.test(d.updatedAt())).toList())
            .wanted(wanted)
            .build());
  }
}
