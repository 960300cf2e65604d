package dev.neonstack.web;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names by which a server may be called. A page of another site can have its own name lead to
 * this machine, and would then speak to the server as if it were its own.
 */
public final class Hosts {
  /** The names of this machine for itself. */
  public static final Hosts LOOPBACK = new Hosts(Set.of(), false);

  /** Every name: for a server that is reached under names that others choose. */
  public static final Hosts ANY = new Hosts(Set.of(), true);

  private static final int FORBIDDEN = 403;
  private static final Set<String> LOCAL = Set.of("localhost", "[::1]", "[0:0:0:0:0:0:0:1]");
  private static final Pattern LOCAL_ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,253}|\\[[0-9a-f:.]+\\]");

  private final Set<String> names;
  private final boolean any;

  private Hosts(Set<String> names, boolean any) {
    this.names = names;
    this.any = any;
  }

  /**
   * These names and those of this machine for itself.
   *
   * @throws IllegalArgumentException when one is no name of a host
   */
  public static Hosts named(Collection<String> names) {
    var lower = new TreeSet<String>();
    for (var name : names) {
      var text = name.strip().toLowerCase(Locale.ROOT);
      if (!NAME.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "'" + name + "' is no name of a host; expected names without ports");
      }
      lower.add(text);
    }
    return new Hosts(lower, false);
  }

  /** Why a request to that name is not answered. */
  Optional<Refusal> refusal(String host) {
    return any || allows(host.toLowerCase(Locale.ROOT)) ? Optional.empty() : Optional.of(no(host));
  }

  private boolean allows(String host) {
    var bare = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return LOCAL.contains(bare) || LOCAL_ADDRESS.matcher(bare).matches() || names.contains(bare);
  }

  private Refusal no(String host) {
    return new Refusal(
        FORBIDDEN,
        "HOST_NOT_ALLOWED",
        "the request is for host '%s'; expected localhost, 127.0.0.1, [::1]%s"
            .formatted(
                Refusal.shown(host),
                names.stream().map(name -> ", " + name).collect(Collectors.joining())));
  }
}
