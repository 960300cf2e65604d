package dev.neonstack.controlplane.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.Contents.Known;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.port.AccountChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog of a version that kept lists of roles and databases and forced them on Postgres. */
class FormerCatalogTest {
  private static final String PROJECT = "0123456789abcdef0123456789abcdef";
  private static final String ROOT = "11111111111111111111111111111111";
  private static final String CHILD = "22222222222222222222222222222222";
  private static final String BEFORE = "2026-11-01T00:00:00Z";
  private static final String SINCE = "2026-11-02T00:00:00Z";

  @TempDir private Path directory;

  private static String branch(String id, String origin, String made) {
    return """
        {"project":"%s","id":"%s","name":"%s","origin":%s,"protected":false,"state":"ready",
         "contents":{
           "roles":[{"name":"app","password":"hunter2hunter2","scram_verifier":"SCRAM-SHA-256$a",
                     "created_at":"%5$s","updated_at":"%5$s"},
                    {"name":"late","password":"hunter3hunter3","scram_verifier":"SCRAM-SHA-256$b",
                     "created_at":"%6$s","updated_at":"%6$s"}],
           "databases":[{"id":7,"name":"shop","owner":"app","created_at":"%5$s","updated_at":"%5$s"}],
           "dropped_roles":["gone"],"dropped_databases":["old"]},
         "created_at":"%7$s","updated_at":"%7$s"}
        """
        .formatted(PROJECT, id, id, origin, BEFORE, SINCE, made);
  }

  private static String endpoint(String branch, String desired) {
    return """
        {"id":"ep-quiet-river-12345678","project":"%s","branch":"%s","host":"127.0.0.1","port":1,
         "shape":{"type":"read_write","min_cu":0.25,"max_cu":0.25,"suspend_timeout_seconds":0,
                  "pooler":false,"pg_settings":{}},
         "desired":"%s","generation":0,"created_at":"%s","updated_at":"2026-11-01T12:00:00Z"}
        """
        .formatted(PROJECT, branch, desired, BEFORE);
  }

  private Branch read(String branch, String... endpoints) throws IOException {
    var file = directory.resolve("catalog.json");
    Files.writeString(
        file,
        """
        {"format":2,"last_database_id":7,
         "projects":[{"id":"%s","name":"demo","pg_version":17,"history_retention":604800,
                      "deleting":false,"created_at":"%s","updated_at":"%2$s"}],
         "branches":[%s],"endpoints":[%s],"operations":[]}
        """
                .formatted(PROJECT, BEFORE, branch, String.join(",", endpoints))
                .replaceAll("\\n *", "")
            + "\n");
    return new FormerCatalog(file).read().content().branches().values().iterator().next();
  }

  @Test
  void whatAServerHasByNowIsOnlyRemembered() throws IOException {
    var contents = read(branch(ROOT, "{}", BEFORE), endpoint(ROOT, "ACTIVE")).contents();

    assertThat(contents.known()).isEqualTo(Known.EARLIER);
    assertThat(contents.wanted()).isEmpty();
    assertThat(contents.roles()).extracting(RoleEntry::name).containsExactly("app", "late");
    assertThat(contents.databases()).hasSize(1);
    assertThat(contents.secrets()).hasSize(2);
  }

  @Test
  void whatWasAskedForWhileItSleptIsStillWanted() throws IOException {
    var contents = read(branch(ROOT, "{}", BEFORE), endpoint(ROOT, "IDLE")).contents();

    assertThat(contents.wanted())
        .containsExactly(
            AccountChange.dropDatabase("old"),
            AccountChange.dropRole("gone"),
            AccountChange.putRole("late", "SCRAM-SHA-256$b"));
  }

  @Test
  void whatARootWithoutAServerWasToHaveIsWanted() throws IOException {
    assertThat(read(branch(ROOT, "{}", BEFORE)).contents().wanted()).hasSize(5);
  }

  @Test
  void whatAChildHadFromItsParentsListIsForgottenAndNothingOfItsDataIsDropped() throws IOException {
    var origin = "{\"parent\":\"" + ROOT + "\",\"parent_lsn\":\"0/1000000\"}";

    var contents = read(branch(CHILD, origin, "2026-11-01T12:00:00Z")).contents();

    assertThat(contents.known()).isEqualTo(Known.UNSEEN);
    assertThat(contents.wanted())
        .isEqualTo(List.of(AccountChange.putRole("late", "SCRAM-SHA-256$b")));
    assertThat(contents.roles()).extracting(RoleEntry::name).containsExactly("late");
    assertThat(contents.databases()).isEmpty();
  }
}
