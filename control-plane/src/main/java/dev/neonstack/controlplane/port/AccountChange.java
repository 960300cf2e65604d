package dev.neonstack.controlplane.port;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One change of a role or a database. What it asks for may be there already.
 *
 * @param kind what to do
 * @param name of the role or the database
 * @param value what {@link Kind} says; secret where it is a verifier
 */
public record AccountChange(Kind kind, String name, Optional<String> value) {

  /** What to do. */
  public enum Kind {
    /**
     * Make the role, or give it another password; the value is the verifier. Without one, make a
     * role that may not log in.
     */
    PUT_ROLE,
    /** Give the role another name, which is the value. */
    RENAME_ROLE,
    /** Drop the role; what it owns goes to the owners of the databases it is in. */
    DROP_ROLE,
    /** Make the database, or give it to another owner; the value is the owner. */
    PUT_DATABASE,
    /** Give the database another name, which is the value; connections to it end. */
    RENAME_DATABASE,
    /** Drop the database with its data. */
    DROP_DATABASE
  }

  public AccountChange {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
  }

  /** Makes the role, or gives it another password. */
  public static AccountChange putRole(String name, String verifier) {
    return new AccountChange(Kind.PUT_ROLE, name, Optional.of(verifier));
  }

  /** Makes a role that may not log in. */
  public static AccountChange putGroup(String name) {
    return new AccountChange(Kind.PUT_ROLE, name, Optional.empty());
  }

  /** Gives the role another name. */
  public static AccountChange renameRole(String name, String newName) {
    return new AccountChange(Kind.RENAME_ROLE, name, Optional.of(newName));
  }

  /** Drops the role. */
  public static AccountChange dropRole(String name) {
    return new AccountChange(Kind.DROP_ROLE, name, Optional.empty());
  }

  /** Makes the database, or gives it to another owner. */
  public static AccountChange putDatabase(String name, String owner) {
    return new AccountChange(Kind.PUT_DATABASE, name, Optional.of(owner));
  }

  /** Gives the database another name. */
  public static AccountChange renameDatabase(String name, String newName) {
    return new AccountChange(Kind.RENAME_DATABASE, name, Optional.of(newName));
  }

  /** Drops the database with its data. */
  public static AccountChange dropDatabase(String name) {
    return new AccountChange(Kind.DROP_DATABASE, name, Optional.empty());
  }

  /** Whether something goes away by it. */
  public boolean drops() {
    return kind == Kind.DROP_ROLE || kind == Kind.DROP_DATABASE;
  }

  /** Whether it is about a role. */
  public boolean ofRole() {
    return switch (kind) {
      case PUT_ROLE, RENAME_ROLE, DROP_ROLE -> true;
      case PUT_DATABASE, RENAME_DATABASE, DROP_DATABASE -> false;
    };
  }

  @Override
  public String toString() {
    return "AccountChange[" + kind + " " + name + "]";
  }
}
