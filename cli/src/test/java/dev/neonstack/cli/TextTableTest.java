package dev.neonstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextTableTest {

  @Test
  void columnsLineUpAndLinesEndWithoutBlanks() {
    var table = new TextTable("BRANCH", "STATE");
    table.add("demo/main", "active");
    table.add("x", "");

    assertThat(table).hasToString("BRANCH     STATE\ndemo/main  active\nx\n");
  }

  @Test
  void cellsAreTextAndNoMarkUp() {
    var table = new TextTable("BRANCH", "STATE");
    table.add("@|bold x|@", "%n\\n");
    table.add("a b   c", "${sys:x}");

    assertThat(table).hasToString("BRANCH      STATE\n@|bold x|@  %n\\n\na b   c     ${sys:x}\n");
  }

  @Test
  void aPasswordIsHiddenAndTheRestKept() {
    assertThat(BranchTable.withoutPassword("postgresql://app:s3cr%40t@127.0.0.1:55432/app?x=1"))
        .isEqualTo("postgresql://app:****@127.0.0.1:55432/app?x=1");
  }
}
