/** Small pieces every Neon object on Kubernetes is built of. */
package dev.neonstack.components.neon.kube;
