package dev.neonstack.stacks.config.neon;

import dev.neonstack.components.neon.namespace.NetworkSettings;
import dev.neonstack.components.neon.namespace.Outside;
import dev.neonstack.stacks.config.reading.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what is where around the namespace. */
public final class NetworkReader {
  public static final List<String> KEYS =
      List.of(
          "dns",
          "objectStore",
          "apiServer",
          "database",
          "databaseOperator",
          "prometheus",
          "clients");

  private static final List<String> OUTSIDE = List.of("cidrs", "namespaces", "ports");
  private static final String CIDR = "addresses such as 10.1.0.0/24";
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}|[0-9a-fA-F:]+/\\d{1,3})");
  private static final int DNS_PORT = 53;
  private static final int MOST_PORT = 65_535;

  private final boolean databaseOutside;

  public NetworkReader(boolean databaseOutside) {
    this.databaseOutside = databaseOutside;
  }

  public NetworkSettings read(Section section) {
    var nowhere = new Outside(List.of(), List.of("kube-system"), List.of(DNS_PORT));
    return new NetworkSettings(
        outside(section, "dns").orElse(nowhere),
        List.of(required(section, "objectStore").orElse(nowhere)),
        required(section, "apiServer").orElse(nowhere),
        databaseOutside
            ? required(section, "database").or(() -> Optional.of(nowhere))
            : unused(section),
        section.text("databaseOperator").orElse("cnpg-system"),
        section.text("prometheus"),
        cidrs(section, "clients"),
        Optional.empty());
  }

  private static Optional<Outside> unused(Section section) {
    if (section.has("database")) {
      section
          .problems()
          .add(
              "%s is given, and the Postgres of the storage controller is inside the cluster; expected none. Remove it, or give storage.controller.database.url."
                  .formatted(section.path("database")));
    }
    return Optional.empty();
  }

  private static Optional<Outside> required(Section section, String key) {
    if (!section.has(key)) {
      section
          .problems()
          .missing(
              section.path(key),
              "cidrs or namespaces, and ports",
              "Add it: nothing in the namespace may talk to what is not named.");
    }
    return outside(section, key);
  }

  private static Optional<Outside> outside(Section section, String key) {
    return section.section(key, OUTSIDE).flatMap(NetworkReader::outside);
  }

  private static Optional<Outside> outside(Section section) {
    var cidrs = cidrs(section, "cidrs");
    var namespaces = section.textList("namespaces");
    var ports = section.numberList("ports");
    if (ports.isEmpty() || ports.stream().anyMatch(port -> port < 1 || port > MOST_PORT)) {
      section
          .problems()
          .wrongKind(
              section.path("ports"),
              ports.isEmpty() ? "missing" : ports.toString(),
              "a list of TCP ports from 1 to " + MOST_PORT,
              "Name each port.");
      return Optional.empty();
    }
    if (cidrs.isEmpty() && namespaces.isEmpty()) {
      section
          .problems()
          .missing(
              section.path("cidrs"),
              CIDR + ", or namespaces",
              "Give addresses as pods see them behind Services, or namespaces of the cluster.");
      return Optional.empty();
    }
    return Optional.of(new Outside(cidrs, namespaces, ports));
  }

  private static List<String> cidrs(Section section, String key) {
    var found = section.textList(key);
    for (var cidr : found) {
      if (!FORM.matcher(cidr).matches()) {
        section.problems().wrong(section.path(key), cidr, CIDR, "Write it so.");
      }
    }
    return found;
  }
}
