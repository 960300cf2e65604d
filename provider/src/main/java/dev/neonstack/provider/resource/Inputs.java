package dev.neonstack.provider.resource;

import dev.neonstack.neon.AccountNames;
import dev.neonstack.neon.NameForm;
import dev.neonstack.neon.TenantId;
import dev.neonstack.provider.table.Formats;
import dev.neonstack.provider.table.Property;
import dev.neonstack.provider.table.Property.ValueType;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Num;
import java.util.Optional;

/** Properties that several resources have. */
final class Inputs {
  private Inputs() {}

  /** The project something belongs to. */
  static Property project() {
    return Property.text("project")
        .onlyText(
            Formats.ID_FORM + ", the tenantId of a Project",
            text -> Formats.tenant(text).isPresent())
        .as(Formats.normal(Formats::tenant))
        .need();
  }

  /** The project that something is in. */
  static Optional<TenantId> projectOf(Props props) {
    return props.text("project").flatMap(Formats::tenant);
  }

  /** A branch. */
  static Property branchId(String name) {
    return Property.text(name)
        .onlyText(
            Formats.ID_FORM + ", the branchId of a Branch (not its id)",
            text -> Formats.timeline(text).isPresent())
        .as(Formats.normal(Formats::timeline));
  }

  /** A name for people. */
  static Property label(String name) {
    return Property.text(name).onlyText(NameForm.EXPECTED, NameForm::matches);
  }

  /**
   * What a resource was called before; it is looked at when the resource is made, and else says
   * nothing.
   */
  static Property formerNames() {
    return Property.of(Named.FORMER_NAMES, ValueType.TEXT_LIST).as(value -> Value.Null.VALUE);
  }

  /** A moment. */
  static Property instant(String name) {
    return Property.text(name)
        .onlyText(Formats.INSTANT_FORM, text -> Formats.instant(text).isPresent())
        .as(Formats.normal(Formats::instant));
  }

  /** A duration. */
  static Property duration(String name) {
    return Property.text(name)
        .onlyText(Formats.DURATION_FORM, text -> Formats.duration(text).isPresent())
        .as(Formats.normal(Formats::duration));
  }

  /** A major version of PostgreSQL. */
  static Property pgVersion() {
    return Property.of("pgVersion", ValueType.INTEGER)
        .only(
            "14, 15, 16 or 17",
            value -> value instanceof Num number && number.value() >= 14 && number.value() <= 17);
  }

  /** The name of a role. */
  static Property role(String name) {
    return Property.text(name).onlyText(AccountNames.ROLE_FORM, AccountNames::isRole);
  }

  /** The name of a database. */
  static Property database(String name) {
    return Property.text(name).onlyText(AccountNames.DATABASE_FORM, AccountNames::isDatabase);
  }
}
