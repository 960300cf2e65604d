/** When branches may be made from, expire and be deleted: the same for whoever asks. */
package dev.neonstack.controlplane.lifetime;
