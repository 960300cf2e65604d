package dev.neonstack.components.aws.eks;

/**
 * What is done with the disks inside the machine of a node, which are empty again with each new
 * one.
 */
public enum LocalDisks {
  /** Nothing: there are none, or nobody uses them. */
  NONE,
  /** One array of all, on which nodeadm puts the images and the files of pods. */
  RAID0,
  /** Volumes, one of each disk, which the local static provisioner makes for claims. */
  STATIC,
  /**
   * Volumes, which the instance-store CSI driver makes for claims. Whether its pods start on nodes
   * with a taint is up to the version of the add-on.
   */
  CSI
}
