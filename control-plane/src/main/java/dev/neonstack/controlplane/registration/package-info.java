/** Projects and branches that somebody else looks after. */
package dev.neonstack.controlplane.registration;
