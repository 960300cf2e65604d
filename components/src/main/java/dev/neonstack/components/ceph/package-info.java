/** What Ceph gives Neon: buckets and volumes. */
package dev.neonstack.components.ceph;
