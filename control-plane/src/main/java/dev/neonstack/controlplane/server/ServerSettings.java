package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.ControlPlaneConfig;
import dev.neonstack.controlplane.internal.InternalServer;

/**
 * All that a server is told.
 *
 * @param storage where storage is
 * @param controlPlane the settings of the control plane in front of it
 * @param internal what it tells the other servers of the cluster
 */
record ServerSettings(
    StorageAccess.Place storage,
    ControlPlaneConfig controlPlane,
    InternalServer.Settings internal) {}
