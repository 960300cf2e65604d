package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.ControlPlaneConfig;

/**
 * All that a server is told.
 *
 * @param storage where storage is
 * @param controlPlane the settings of the control plane in front of it
 */
record ServerSettings(StorageAccess.Place storage, ControlPlaneConfig controlPlane) {}
