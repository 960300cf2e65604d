package dev.neonstack.cli;

import dev.neonstack.local.client.LocalProcessException;
import dev.neonstack.neon.controlplane.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/**
 * Prints the settings psql takes from its environment, for the shell to read. The password goes
 * that way, for a command line can be seen by everybody.
 */
@Command(name = "psql-settings", hidden = true)
public final class PsqlSettingsCommand implements Callable<Integer> {

  private static final String DEFAULT_DATABASE = "postgres";

  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "BRANCH")
  private String branch;

  @Unmatched private List<String> options = new ArrayList<>();

  PsqlSettingsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var branches = new Branches(surroundings.local().findOrStart());
    var place = branches.named(branch);
    var project = place.project().id();
    var endpoint =
        place
            .endpoint()
            .map(found -> branches.client().startEndpoint(project, found.id()))
            .orElseThrow(
                () ->
                    new LocalProcessException(
                        "branch '" + place.path() + "' has no endpoint to connect to"));
    var databases = branches.databases(place);
    var role =
        option("-U", "--username")
            .or(() -> databases.stream().findFirst().map(Database::owner))
            .orElseThrow(
                () ->
                    new LocalProcessException(
                        "branch '" + place.path() + "' has no database yet; name a role with -U"));
    var password =
        branches
            .client()
            .role(project, place.branch().id(), role)
            .orElseThrow(
                () ->
                    new LocalProcessException(
                        "branch '" + place.path() + "' has no role '" + role + "'"))
            .password();
    export("PGHOST", endpoint.host());
    export("PGPORT", Integer.toString(endpoint.port()));
    export("PGUSER", role);
    export(
        "PGDATABASE", databases.stream().findFirst().map(Database::name).orElse(DEFAULT_DATABASE));
    password.ifPresent(known -> export("PGPASSWORD", known));
    return 0;
  }

  private Optional<String> option(String brief, String full) {
    for (var index = 0; index < options.size(); index++) {
      var option = options.get(index);
      if (option.startsWith(full + "=")) {
        return Optional.of(option.substring(full.length() + 1));
      }
      if ((option.equals(brief) || option.equals(full)) && index + 1 < options.size()) {
        return Optional.of(options.get(index + 1));
      }
      if (option.startsWith(brief) && option.length() > brief.length()) {
        return Optional.of(option.substring(brief.length()));
      }
    }
    return Optional.empty();
  }

  private void export(String name, String value) {
    surroundings.out().println("export " + name + "='" + value.replace("'", "'\\''") + "'");
  }
}
