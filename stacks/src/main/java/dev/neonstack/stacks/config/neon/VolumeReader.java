package dev.neonstack.stacks.config.neon;

import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.stacks.config.reading.Section;

/** Reads the volume of a section. */
public interface VolumeReader {
  /**
   * The volume.
   *
   * @param sizeGiB where the section says nothing
   */
  VolumeNeeds volume(Section section, int sizeGiB);
}
