package dev.neonstack.it.kube;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests the one cluster they share, each in namespaces of its own. */
public final class OnKubernetes implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OnKubernetes.class);

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
            KubeServer.class, key -> KubeServer.start(KubeNode.THREE_ZONES), KubeServer.class);
  }
}
