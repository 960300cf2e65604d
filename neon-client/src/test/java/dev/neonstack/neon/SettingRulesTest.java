package dev.neonstack.neon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fsync",
        "Full_Page_Writes",
        "Wal_Level",
        "WAL_KEEP_SIZE",
        "max_slot_wal_keep_size",
        "synchronous_commit",
        "archive_command",
        "Archive_Cleanup_Command",
        "restore_command",
        "recovery_target_lsn",
        "primary_conninfo",
        "port",
        "Listen_Addresses",
        "data_directory",
        "HBA_file",
        "ssl",
        "ssl_key_file",
        "unix_socket_directories",
        "password_encryption",
        "superuser_reserved_connections",
        "include",
        "Include_Dir",
        "include_if_exists",
        "log_directory",
        "logging_collector",
        "dynamic_library_path",
        "local_preload_libraries",
        "jit_provider",
        "basebackup_to_shell.command",
        "plperl.on_init",
        "neon.tenant_id",
        "role",
        "transaction_read_only"
      })
  void whatBreaksTheServerOrReachesTheMachineIsRefusedInAnyCase(String name) {
    assertThat(SettingRules.objections(Map.of(name, "x")))
        .singleElement()
        .satisfies(
            objection -> {
              assertThat(objection.setting()).isEqualTo(name);
              assertThat(objection.expected()).startsWith("no value here, as ");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "work_mem | 8MB",
        "Work_Mem | 8MB",
        "max_wal_size | 1GB",
        "max_wal_senders | 20",
        "shared_preload_libraries | pg_stat_statements, auto_explain",
        "app.tenant | o'neill\\",
        "log_statement | all"
      })
  void whatPostgresCanJudgeIsLeftToIt(String name, String value) {
    assertThat(SettingRules.objections(Map.of(name, value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "work mem | 1 | the name of a setting",
        "a=b | 1 | the name of a setting",
        "'x\ny' | 1 | the name of a setting",
        "'' | 1 | the name of a setting",
        "search_path | 'a\nfsync = off' | without line breaks",
        "shared_preload_libraries | /tmp/mine.so | libraries among auto_explain, pg_prewarm",
        "session_preload_libraries | auto_explain,basebackup_to_shell | libraries among",
        "Max_Wal_Senders | 0 | 1 or more",
        "max_wal_senders | 0x0 | 1 or more"
      })
  void namesAndValuesThatCannotBeAreRefused(String name, String value, String expected) {
    assertThat(SettingRules.objections(Map.of(name, value)))
        .singleElement()
        .satisfies(objection -> assertThat(objection.expected()).contains(expected));
  }

  @Test
  void oneSettingInTwoCasesIsRefused() {
    var objections = SettingRules.objections(Map.of("work_mem", "8MB", "Work_Mem", "9MB"));

    assertThat(objections)
        .singleElement()
        .satisfies(objection -> assertThat(objection.toString()).contains("work_mem", "once"));
  }
}
