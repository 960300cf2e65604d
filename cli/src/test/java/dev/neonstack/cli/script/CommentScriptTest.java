package dev.neonstack.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** libexec/comment over a gh that keeps what it is given. */
final class CommentScriptTest {
  @TempDir private Path folder;

  private Script script;
  private Path review;

  @BeforeEach
  void setUp() throws IOException {
    script = new Script(folder);
    review = Files.createDirectories(folder.resolve("review"));
    write("diff.txt", "+ aws:kms/key:Key: (create)\n~~~~~~~~\n<b>\n");
    write("plan.txt", "~  demo  project\n");
    write("cost.txt", "ITEM\n\nThe next update: + $1.00 a month\n");
    write("policy.txt", "[tags] x\n1 violation(s) of 23 rules\n");
    gh("");
  }

  private void gh(String found) throws IOException {
    script.program(
        "gh",
        "echo \"$@\" >>'%s'\ncase \"$*\" in *--jq*) printf '%s' ;; esac"
            .formatted(folder.resolve("calls"), found));
  }

  @Test
  void theFirstRunWritesAComment() throws Exception {
    assertThat(comment("dev", "7").code()).isZero();

    assertThat(calls())
        .last()
        .isEqualTo(
            "api --silent --method POST repos/o/r/issues/7/comments --field body=@%s/comment.md"
                .formatted(review));
    assertThat(review.resolve("comment.md"))
        .content()
        .startsWith(
            """
            <!-- neonstack preview of dev -->
            ### Preview of stack `dev`

            The next update: + $1.00 a month

            1 violation(s) of 23 rules
            """)
        .contains(
            "<summary>Every property that changes</summary>\n\n~~~~~~~~\n+ aws:kms/key:Key: (create)\n~~~\n<b>\n");
  }

  @Test
  void laterOnesReplaceWhatTheFirstWroteForThisStack() throws Exception {
    gh("41\\n42\\n");
    assertThat(comment("dev", "7").code()).isZero();

    assertThat(calls())
        .first()
        .asString()
        .contains("startswith(\"<!-- neonstack preview of dev -->\")", ".user.type == \"Bot\"");
    assertThat(calls())
        .last()
        .asString()
        .contains("--method PATCH repos/o/r/issues/comments/41 --field");
  }

  @Test
  void whatIsLostForGoodStandsAboveAllThatIsFolded() throws Exception {
    write("plan.txt", "-  demo/a  branch\n\nThis cannot be taken back:\n  demo/a: goes\n\nmore\n");
    assertThat(comment("dev", "7").code()).isZero();

    assertThat(review.resolve("comment.md"))
        .content()
        .contains(
            "\n~~~~~~~~\nThis cannot be taken back:\n  demo/a: goes\n\n~~~~~~~~\n\n<details>");
  }

  @Test
  void whatIsTooLongForACommentIsCutAndSaid() throws Exception {
    write("diff.txt", "x".repeat(90_000));
    var result = comment("dev", "7");

    assertThat(result.out()).contains("x".repeat(90_000));
    assertThat(review.resolve("comment.md"))
        .content()
        .hasSizeLessThan(60_000)
        .contains("… and 55000 more bytes, which are in the log of the run\n~~~~~~~~\n");
  }

  @Test
  void whatIsMissingIsSaidAndNothingIsWritten() throws Exception {
    assertThat(comment("dev", "7; x").err()).contains("is '7; x'; expected digits.");
    Files.delete(review.resolve("cost.txt"));
    assertThat(comment("dev", "7").err()).contains("cost.txt does not exist.");
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(review.resolve(name), text);
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private Script.Result comment(String stack, String number)
      throws IOException, InterruptedException {
    return script.run(
        folder,
        Map.of("GITHUB_REPOSITORY", "o/r"),
        List.of(
            Script.repository().resolve("libexec/comment").toString(),
            stack,
            number,
            review.toString()));
  }
}
