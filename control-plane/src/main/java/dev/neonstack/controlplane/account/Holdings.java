package dev.neonstack.controlplane.account;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.Contents.Known;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.catalog.Secret;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.compute.Computes;
import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.controlplane.problem.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the catalog knows of a branch's roles and databases in step with its data. To be
 * called while a Postgres of the branch runs and nobody else changes it.
 */
public final class Holdings implements Computes.Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);

  private final Store store;
  private final ComputeRuntime runtime;
  private final Clock clock;

  /** Over this store and the servers of this runtime. */
  public Holdings(Store store, ComputeRuntime runtime, Clock clock) {
    this.store = store;
    this.runtime = runtime;
    this.clock = clock;
  }

  @Override
  public void starting(BranchKey branch) {
    update(
        branch,
        contents -> contents.known() == Known.EXACTLY ? contents.known(Known.EARLIER) : contents);
  }

  @Override
  public void started(BranchKey branch) {
    var contents = read(branch);
    if (contents.renewPasswords() || contents.roles().stream().anyMatch(contents::isDue)) {
      renew(branch, contents);
    }
    for (var change : contents.wanted()) {
      catchUp(branch, change);
    }
  }

  @Override
  public void ended(BranchKey branch) {
    update(branch, contents -> contents.known(Known.EXACTLY));
  }

  /** What the branch's Postgres has. */
  Contents read(BranchKey branch) {
    return change(branch, List.of());
  }

  /** What the branch's Postgres has once these changes are made. */
  Contents change(BranchKey branch, List<AccountChange> changes) {
    Inventory found;
    try {
      found = runtime.change(branch.project(), branch.branch(), changes);
    } catch (Problem e) {
      throw e.saying(hidden(branch, e.getMessage()));
    }
    recogniseRepeated(branch, found);
    return record(branch, found);
  }

  /** Writes down a password before Postgres has its verifier, so that it is never lost. */
  void remember(BranchKey branch, Secret secret) {
    store.update(
        content -> {
          var there = content.branches().get(branch);
          if (there == null) {
            return new Store.Change<>(content, null);
          }
          var history = content.project(branch.project()).historyRetention();
          var contents = there.contents().with(secret, history);
          return new Store.Change<>(content.with(there.holding(contents)), null);
        });
  }

  /** A role whose password was set by SQL may have got one that is known of it. */
  private void recogniseRepeated(BranchKey branch, Inventory found) {
    var contents = store.content().branch(branch).contents();
    for (var role : found.roles()) {
      var before = contents.role(role.name()).flatMap(RoleEntry::scramVerifier);
      if (role.verifier().isPresent() && !before.equals(role.verifier())) {
        recognise(branch, contents, role.name(), role.verifier().get());
      }
    }
  }

  private void recognise(BranchKey branch, Contents contents, String role, String verifier) {
    if (contents.secrets().stream().anyMatch(secret -> secret.verifier().equals(verifier))) {
      return;
    }
    contents.secrets().stream()
        .filter(secret -> secret.role().equals(role))
        .map(Secret::password)
        .distinct()
        .filter(password -> ScramVerifier.matches(password, verifier))
        .findFirst()
        .ifPresent(
            password -> remember(branch, new Secret(role, password, verifier, clock.instant())));
  }

  /**
   * Gives every role that can log in a password of the branch's own. A role whose password is known
   * has got it already.
   */
  private void renew(BranchKey branch, Contents contents) {
    var due = contents.roles().stream().filter(contents::isDue).toList();
    var given =
        due.stream().flatMap(role -> role.scramVerifier().stream()).collect(Collectors.toSet());
    update(branch, now -> now.replacing(given));
    var changes = new ArrayList<AccountChange>();
    for (var role : due) {
      var secret = secret(role.name(), Passwords.draw());
      remember(branch, secret);
      changes.add(AccountChange.putRole(role.name(), secret.verifier()));
    }
    change(branch, changes);
    update(branch, Contents::renewed);
  }

  Secret secret(String role, String password) {
    return new Secret(role, password, ScramVerifier.of(password), clock.instant());
  }

  /**
   * Makes a change that was asked for while no Postgres ran. A drop is crossed off first, as what
   * has that name after a crash may be something else; anything else may be made twice.
   */
  private void catchUp(BranchKey branch, AccountChange change) {
    if (change.drops()) {
      update(branch, contents -> contents.without(change));
    }
    try {
      change(branch, List.of(change));
    } catch (Problem e) {
      if (e.kind() == Problem.Kind.UNAVAILABLE) {
        throw e;
      }
      LOG.warn("Branch {}: {} is given up: {}", branch.branch(), change, e.getMessage());
    }
    update(branch, contents -> contents.without(change));
  }

  private void update(BranchKey branch, UnaryOperator<Contents> change) {
    store.update(
        content -> {
          var there = Optional.ofNullable(content.branches().get(branch));
          var changed = there.map(Branch::contents).map(change);
          var same = changed.equals(there.map(Branch::contents));
          return new Store.Change<>(
              same ? content : content.with(there.get().holding(changed.get())), null);
        });
  }

  private Contents record(BranchKey branch, Inventory found) {
    return store.update(
        content -> {
          var there = content.branch(branch);
          var number = new AtomicLong(content.lastDatabaseId());
          var seen = there.contents().seen(found, clock.instant(), number::incrementAndGet);
          return new Store.Change<>(
              seen.equals(there.contents())
                  ? content
                  : content.with(there.holding(seen)).numbered(number.get()),
              seen);
        });
  }

  /** Takes out secrets that Postgres may have quoted. */
  private String hidden(BranchKey branch, String message) {
    var text = message;
    for (var secret : store.content().branch(branch).contents().secrets()) {
      text = text.replace(secret.password(), "(hidden)").replace(secret.verifier(), "(hidden)");
    }
    return text;
  }
}
