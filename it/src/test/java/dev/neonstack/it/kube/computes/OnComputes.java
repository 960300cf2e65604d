package dev.neonstack.it.kube.computes;

import dev.neonstack.it.kube.KubeNode;
import dev.neonstack.it.kube.KubeServer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of computes a cluster of their own, each in namespaces of its own: they define
 * the kind there, which on the cluster of the others would count as something a stack has left.
 */
public final class OnComputes implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OnComputes.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KubeServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // What a store holds is closed after the last test.
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            KubeServer.class, key -> KubeServer.start(KubeNode.SMALL), KubeServer.class);
  }
}
