package dev.neonstack.local.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.neon.file.OwnerOnly;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The state file of the local process, written once both of its servers listen.
 *
 * @param pid the process
 * @param startedAt when it was ready, ISO 8601
 * @param storageUrl the storage API of the emulator
 * @param controlPlaneUrl the control plane
 * @param build the build it was started from
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LocalState(
    long pid, String startedAt, URI storageUrl, URI controlPlaneUrl, String build) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The state that was written last; empty when there is none or it is not readable as one. */
  public static Optional<LocalState> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), LocalState.class))
          .filter(LocalState::isComplete);
    } catch (NoSuchFileException | JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new LocalProcessException(
          "Cannot read " + file + " (" + e.getMessage() + "); make it readable or delete it.", e);
    }
  }

  private boolean isComplete() {
    return pid > 0 && storageUrl != null && controlPlaneUrl != null;
  }

  /** Replaces the file in one step; only its owner may read it. */
  public void write(Path file) throws IOException {
    OwnerOnly.replace(file, JSON.writeValueAsString(this) + "\n");
  }
}
