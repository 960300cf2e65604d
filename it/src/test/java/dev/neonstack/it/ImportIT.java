package dev.neonstack.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Repository;
import dev.neonstack.it.harness.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What exists becomes a part of a stack by the line that the README shows. */
@ExtendWith(OnPlatform.class)
class ImportIT {
  private static final Pattern LINE = Pattern.compile("`pulumi (import [^`]+)`");
  private static final String MAIN =
      """
      - name: adopt
        branches:
          - name: main
            endpoint: {enabled: false}
      """;

  @TempDir Path folder;

  @Test
  void theLineOfTheReadmeAdoptsABranchAndNothingIsLeftToDo(Platform platform) throws IOException {
    var stack = Stack.withSharedProvider(platform, folder).projects(MAIN);
    stack.up().succeeded();
    var tenant = stack.tenant("adopt");
    var main = stack.timeline("adopt/main");
    var branch = Behind.createChild(platform, tenant, main, "x");

    var line = new ArrayList<>(line());
    line.replaceAll(
        word ->
            word.equals("PROJECT/NAME")
                ? "adopt/x"
                : word.replace("TENANT_ID", tenant.value()).replace("TIMELINE_ID", branch.value()));
    line.addAll(List.of("--yes", "--skip-preview"));
    stack.pulumi(line.toArray(String[]::new)).succeeded();
    stack.projects(MAIN + "    - name: x\n      parent: main\n      endpoint: {enabled: false}\n");

    stack.preview("--expect-no-changes").succeeded();
    stack.up("--expect-no-changes").succeeded();
    assertThat(stack.timeline("adopt/x")).isEqualTo(branch);
    stack.preview("--expect-no-changes").succeeded();

    stack.projects(MAIN);
    stack.up().succeeded();
    assertThat(platform.storage().timeline(tenant, branch)).isEmpty();
    stack.destroy().succeeded();
  }

  private static List<String> line() throws IOException {
    var readme = LINE.matcher(Files.readString(Repository.root().resolve("README.md")));
    assertThat(readme.find()).as("the README shows how to import").isTrue();
    return List.of(readme.group(1).split(" "));
  }
}
