package dev.neonstack.cli;

import dev.neonstack.cli.Branches.Place;
import dev.neonstack.neon.controlplane.Database;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the branches with their connection strings. */
@Command(name = "table", description = "Branches with their connection strings.")
public final class TableCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  TableCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Option(names = "--show-secrets", description = "Show passwords.")
  private boolean showSecrets;

  @Override
  public Integer call() {
    var services = surroundings.local().find();
    if (services.isEmpty()) {
      surroundings.out().println("The local process is not running; ./neonstack up starts it.");
      return 0;
    }
    surroundings.out().print(table(new Branches(services.get()), showSecrets));
    return 0;
  }

  static String table(Branches branches, boolean withPasswords) {
    var table = new TextTable("BRANCH", "DATABASE", "CONNECTION STRING");
    for (var place : branches.all()) {
      var databases = branches.databases(place);
      if (databases.isEmpty()) {
        table.add(place.path(), "-", "-");
      }
      for (var database : databases) {
        table.add(place.path(), database.name(), uri(branches, place, database, withPasswords));
      }
    }
    return table.toString();
  }

  private static String uri(
      Branches branches, Place place, Database database, boolean withPassword) {
    return branches
        .connectionUri(place, database)
        .map(uri -> withPassword ? uri : withoutPassword(uri))
        .orElse("(no endpoint)");
  }

  static String withoutPassword(String uri) {
    return uri.replaceFirst("://([^:/@]*):[^@]*@", "://$1:****@");
  }
}
