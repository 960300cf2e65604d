package dev.neonstack.it.harness;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the tests of a class the platform they share; those of another class may break theirs. */
public final class OnPlatform implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OnPlatform.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Platform.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var tests = context.getParent().orElseThrow();
    // What a store holds is closed after the last test of the class.
    return tests
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Platform.class, key -> new Platform(), Platform.class);
  }
}
