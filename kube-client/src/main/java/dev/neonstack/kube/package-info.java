/**
 * A Kubernetes cluster by kubeconfig, with nothing but the JDK and Jackson, so that it loads fast.
 */
package dev.neonstack.kube;
