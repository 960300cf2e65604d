package dev.neonstack.controlplane.catalog;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.AccountChange.Kind;
import dev.neonstack.controlplane.port.Inventory;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What is known of the roles and databases of a branch. The branch's data has them; this is what
 * was seen there, and what its Postgres does not know: passwords, and changes that wait for it.
 *
 * @param known how well they are known
 * @param roles as seen last
 * @param databases as seen last
 * @param wanted changes to be made at the next chance, in this order; each is made once
 * @param renewPasswords whether its roles shall have other passwords than its parent's data had
 * @param secrets the passwords of its roles, of today and within the history
 * @param replaced verifiers that its data begins with, or that of a branch it comes from, and that
 *     give way to passwords of its own, as they are a protected branch's
 */
@RecordBuilder
@JsonDeserialize(converter = StoredContents.Reader.class)
public record Contents(
    Known known,
    List<RoleEntry> roles,
    List<DatabaseEntry> databases,
    List<AccountChange> wanted,
    boolean renewPasswords,
    List<Secret> secrets,
    Set<String> replaced) {

  /** How well the roles and databases of a branch are known. */
  public enum Known {
    /** Nobody has looked yet. */
    UNSEEN,
    /** A server runs, or has run since. */
    EARLIER,
    /** No server has run since. */
    EXACTLY,
    /** Written by a version that kept a list of its own. */
    LISTED
  }

  /** Nothing is known. */
  public static final Contents UNSEEN =
      new Contents(Known.UNSEEN, List.of(), List.of(), List.of(), false, List.of(), Set.of());

  /** Keeps its own copies. */
  public Contents {
    roles = List.copyOf(roles);
    databases = List.copyOf(databases);
    wanted = List.copyOf(wanted);
    secrets = List.copyOf(secrets);
    replaced = Set.copyOf(replaced);
  }

  /**
   * What is known of a branch that starts from one with these contents: only which passwords its
   * roles may have. A child of a protected branch gets passwords of its own, and so does its child,
   * which may start where the first one had not got them yet.
   */
  public Contents ofChild(boolean renewed) {
    return ContentsBuilder.builder(UNSEEN)
        .renewPasswords(renewed || renewPasswords)
        .secrets(renewed ? List.of() : secrets)
        .replaced(replaced)
        .build();
  }

  /** Whether the role, as it was seen last, is due for a password of the branch's own. */
  public boolean isDue(RoleEntry role) {
    var verifier = role.scramVerifier();
    return !role.noLogin()
        && verifier.isPresent()
        && ((renewPasswords && role.password().isEmpty()) || replaced.contains(verifier.get()));
  }

  /** The same, when these verifiers give way to others, here and on what starts from here. */
  public Contents replacing(Set<String> verifiers) {
    var all = new HashSet<>(replaced);
    all.addAll(verifiers);
    return ContentsBuilder.builder(this).replaced(all).build();
  }

  /** The same for a branch that starts with the roles and databases of another one's data. */
  public Contents startingWith(Contents held, Instant now, LongSupplier numbers) {
    return seen(held.inventory(), now, numbers).known(held.known());
  }

  private Inventory inventory() {
    return new Inventory(
        roles.stream()
            .map(role -> new Inventory.Role(role.name(), role.scramVerifier(), !role.noLogin()))
            .toList(),
        databases.stream()
            .map(database -> new Inventory.Database(database.name(), database.owner()))
            .toList());
  }

  /** Whether the other one has the same roles, with the same passwords, and the same databases. */
  public boolean sameLists(Contents other) {
    return inventory().equals(other.inventory());
  }

  /** The role of that name. */
  public Optional<RoleEntry> role(String name) {
    return roles.stream().filter(role -> role.name().equals(name)).findFirst();
  }

  /** The database of that name. */
  public Optional<DatabaseEntry> database(String name) {
    return databases.stream().filter(database -> database.name().equals(name)).findFirst();
  }

  /** The same, known that well. */
  public Contents known(Known now) {
    return ContentsBuilder.builder(this).known(now).build();
  }

  /** The same, once the passwords of the roles are the branch's own. */
  public Contents renewed() {
    return ContentsBuilder.builder(this).renewPasswords(false).build();
  }

  /**
   * The same with another password to recognise. Those that were replaced longer ago than a branch
   * can start in the past are forgotten.
   */
  public Contents with(Secret secret, Duration history) {
    var kept = new ArrayList<Secret>();
    for (var older : secrets) {
      var forgettable =
          replacedAt(older, secret).filter(at -> at.plus(history).isBefore(secret.since()));
      if (forgettable.isEmpty() || isInUse(older)) {
        kept.add(older);
      }
    }
    kept.add(secret);
    return ContentsBuilder.builder(this).secrets(kept).build();
  }

  private Optional<Instant> replacedAt(Secret older, Secret newest) {
    return Stream.concat(secrets.stream(), Stream.of(newest))
        .filter(other -> other.role().equals(older.role()))
        .map(Secret::since)
        .filter(at -> at.isAfter(older.since()))
        .min(Instant::compareTo);
  }

  private boolean isInUse(Secret secret) {
    return roles.stream()
        .anyMatch(role -> role.scramVerifier().equals(Optional.of(secret.verifier())));
  }

  /** What is known after a look; what is as before stays the same. */
  public Contents seen(Inventory found, Instant now, LongSupplier numbers) {
    return ContentsBuilder.builder(this)
        .known(Known.EARLIER)
        .roles(found.roles().stream().map(role -> entry(role, now)).toList())
        .databases(
            found.databases().stream().map(database -> entry(database, now, numbers)).toList())
        .build();
  }

  private RoleEntry entry(Inventory.Role found, Instant now) {
    var before = role(found.name());
    var password =
        secrets.stream()
            .filter(secret -> found.verifier().equals(Optional.of(secret.verifier())))
            .map(Secret::password)
            .findFirst();
    var created = before.map(RoleEntry::createdAt).orElse(now);
    var updated = before.map(RoleEntry::updatedAt).orElse(now);
    var same =
        new RoleEntry(found.name(), password, found.verifier(), !found.login(), created, updated);
    return before.isEmpty() || before.get().equals(same)
        ? same
        : new RoleEntry(found.name(), password, found.verifier(), !found.login(), created, now);
  }

  private DatabaseEntry entry(Inventory.Database found, Instant now, LongSupplier numbers) {
    var before = database(found.name());
    if (before.isEmpty()) {
      return new DatabaseEntry(numbers.getAsLong(), found.name(), found.owner(), now, now);
    }
    var entry = before.get();
    return entry.owner().equals(found.owner())
        ? entry
        : new DatabaseEntry(entry.id(), found.name(), found.owner(), entry.createdAt(), now);
  }

  /** The same with a change that waits for the branch's Postgres, listed as if it were made. */
  public Contents wanting(AccountChange change, Instant now, LongSupplier numbers) {
    var changes = new ArrayList<>(wanted);
    var last = lastAbout(change);
    if (last >= 0 && changes.get(last).kind() == change.kind() && !change.drops()) {
      changes.set(last, change);
    } else {
      changes.add(change);
    }
    var listed = seen(new Inventory(roles(change), databases(change)), now, numbers);
    return ContentsBuilder.builder(listed).known(known).wanted(changes).build();
  }

  private int lastAbout(AccountChange change) {
    for (var at = wanted.size() - 1; at >= 0; at--) {
      var other = wanted.get(at);
      if (other.ofRole() == change.ofRole()
          && (other.name().equals(change.name())
              || other.value().equals(Optional.of(change.name())))) {
        return at;
      }
    }
    return -1;
  }

  private List<Inventory.Role> roles(AccountChange change) {
    var found = new ArrayList<Inventory.Role>();
    for (var role : roles) {
      var isIt = change.ofRole() && change.name().equals(role.name());
      var name = change.kind() == Kind.RENAME_ROLE && isIt ? value(change) : role.name();
      if (!isIt || change.kind() == Kind.RENAME_ROLE) {
        found.add(new Inventory.Role(name, role.scramVerifier(), !role.noLogin()));
      }
    }
    if (change.kind() == Kind.PUT_ROLE) {
      found.add(new Inventory.Role(change.name(), change.value(), change.value().isPresent()));
    }
    return found;
  }

  private List<Inventory.Database> databases(AccountChange change) {
    var found = new ArrayList<Inventory.Database>();
    for (var database : databases) {
      var isIt = !change.ofRole() && change.name().equals(database.name());
      var isOwner = change.kind() == Kind.RENAME_ROLE && change.name().equals(database.owner());
      var owner = isOwner ? value(change) : database.owner();
      var name = change.kind() == Kind.RENAME_DATABASE && isIt ? value(change) : database.name();
      if (!isIt || change.kind() == Kind.RENAME_DATABASE) {
        found.add(new Inventory.Database(name, owner));
      }
    }
    if (change.kind() == Kind.PUT_DATABASE) {
      found.add(new Inventory.Database(change.name(), value(change)));
    }
    return found;
  }

  private static String value(AccountChange change) {
    return change.value().orElseThrow();
  }

  /** The same, once this change was made or given up. */
  public Contents without(AccountChange change) {
    return ContentsBuilder.builder(this)
        .wanted(wanted.stream().filter(other -> !other.equals(change)).toList())
        .build();
  }
}
