/** A Kubernetes API server for tests. No part of it is shipped. */
package dev.neonstack.kubefake;
