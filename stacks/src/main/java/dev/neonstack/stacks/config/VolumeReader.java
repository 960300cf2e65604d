package dev.neonstack.stacks.config;

import dev.neonstack.components.neon.kube.VolumeNeeds;

/** Reads the volume of a section. */
interface VolumeReader {
  /**
   * The volume.
   *
   * @param sizeGiB where the section says nothing
   */
  VolumeNeeds volume(Section section, int sizeGiB);
}
