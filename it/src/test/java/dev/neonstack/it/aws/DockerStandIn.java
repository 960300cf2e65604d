package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.ResourcePlugin;
import java.nio.file.Path;

/**
 * Stands in for Pulumi's plugin for Docker, without any container engine: nothing is built or
 * pushed. The digest of an image is made up from all that a build would use, so that it changes
 * when they do.
 */
final class DockerStandIn extends ResourcePlugin {

  /**
   * A stand-in for programs that run in a folder.
   *
   * @param programFolder what paths in inputs start from
   */
  DockerStandIn(Path programFolder) {
    super(new Images(programFolder));
  }

  @Override
  protected void configure(ObjectNode config) {}
}
