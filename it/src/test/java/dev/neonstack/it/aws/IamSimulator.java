package dev.neonstack.it.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.it.harness.Repository;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An evaluator of IAM policies, which also knows from AWS's lists what each call carries. */
final class IamSimulator implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PACKAGE = "@cloud-copilot/iam-simulate";

  private final Process process;
  private final BufferedWriter calls;
  private final BufferedReader decisions;

  IamSimulator() throws IOException {
    process =
        new ProcessBuilder("node", script().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    calls = process.outputWriter(UTF_8);
    decisions = process.inputReader(UTF_8);
  }

  /**
   * What IAM decides about each call: {@code Allowed}, {@code ImplicitlyDenied} when nothing allows
   * it, {@code ExplicitlyDenied} when a statement denies it.
   */
  List<String> decide(List<Call> asked) {
    try {
      calls.write(JSON.writeValueAsString(asked.stream().map(Call::simulation).toList()));
      calls.newLine();
      calls.flush();
      return JSON.readValue(decisions.readLine(), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process, which goes when it has nothing more to read. */
  @Override
  public void close() throws IOException {
    calls.close();
    decisions.close();
    process.destroy();
  }

  private static Path script() throws IOException {
    var pinned =
        JSON.readTree(Repository.root().resolve("tools/iam-simulate/package.json").toFile())
            .at("/dependencies")
            .get(PACKAGE)
            .textValue();
    var script = Repository.cache().resolve("iam-simulate-v" + pinned).resolve("decide.mjs");
    if (!Files.isRegularFile(script)) {
      throw new IllegalStateException(
          "there is no simulator of IAM at " + script + "; install it with: ./neonstack test");
    }
    return script;
  }
}
