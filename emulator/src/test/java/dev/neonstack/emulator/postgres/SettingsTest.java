package dev.neonstack.emulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "no_such_setting | 1 | unrecognized configuration parameter \"no_such_setting\"",
        "work_mem | banana | invalid value for parameter \"work_mem\": \"banana\"",
        "Work_Mem | 1kB | outside the valid range for parameter \"work_mem\" (64",
        "max_connections | 1 | max_connections",
        "shared_buffers | 1TB | Cannot allocate memory",
        "log_min_messages | loud | Available values: debug5",
        "segment_size | 3 | cannot be changed",
        "in_hot_standby | on | cannot be changed"
      })
  void everyMajorSaysWhatItDoesNotTake(String name, String value, String reason) {
    try (var lab = new Lab()) {
      for (var major : new int[] {14, 17}) {
        assertThat(lab.data().computes().objection(major, Map.of(name, value)))
            .hasValueSatisfying(
                said -> assertThat(said).contains(reason).doesNotContain(lab.directory.toString()));
      }
    }
  }

  @Test
  void whatALibraryDoesNotTakeIsSaidToo() {
    try (var lab = new Lab()) {
      var settings =
          Map.of(
              "shared_preload_libraries", "pg_stat_statements", "pg_stat_statements.max", "banana");

      assertThat(lab.data().computes().objection(17, settings))
          .hasValueSatisfying(said -> assertThat(said).contains("pg_stat_statements.max"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17})
  void whatItTakesIsNotObjectedTo(int major) {
    var settings =
        Map.of(
            "Work_Mem", "8MB",
            "log_min_messages", "panic",
            "log_line_prefix", "%m ",
            "app.motto", "it's a \\n 'test'",
            "max_wal_senders", "20",
            "shared_preload_libraries", "pg_stat_statements, auto_explain");
    try (var lab = new Lab()) {
      assertThat(lab.data().computes().objection(major, settings)).isEqualTo(Optional.empty());
      assertThat(Trees.list(lab.directory.resolve("storage/rehearsals"))).isEmpty();
    }
  }

  @Test
  void aServerGetsValuesAsTheyWereGiven() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main, Lab.freePort(), Map.of("Work_Mem", "9MB", "app.motto", "it's \\n 'x'"));

      assertThat(lab.ask(main, "show work_mem")).isEqualTo("9MB");
      assertThat(lab.ask(main, "show app.motto")).isEqualTo("it's \\n 'x'");
      assertThat(lab.ask(main, "show wal_level")).isEqualTo("replica");
    }
  }

  @Test
  void aServerOfAnEarlierProcessGetsTheSettingsItWasNotGivenInTime() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      var compute = lab.start(main, Lab.freePort(), Map.of("work_mem", "9MB"));
      lab.reopen();
      assertThat(lab.start(main, compute.port(), Map.of("work_mem", "9MB"))).isEqualTo(compute);
      lab.reopen();
      lab.start(main, compute.port(), Map.of("work_mem", "10MB"));

      assertThat(lab.ask(main, "show work_mem")).isEqualTo("10MB");
    }
  }

  @Test
  void whatIsRefusedNeverReachesTheFileOfAServer() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      for (var settings :
          List.of(
              Map.of("include", "/etc/passwd"),
              Map.of("Fsync", "off"),
              Map.of("search_path", "a'\nfsync = 'off"))) {
        assertThatThrownBy(() -> lab.start(main, Lab.freePort(), settings))
            .isInstanceOf(ComputeFailed.class)
            .hasMessageNotContaining("root:");
      }
    }
  }
}
