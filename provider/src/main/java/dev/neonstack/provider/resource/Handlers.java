package dev.neonstack.provider.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All resources and functions of the provider, by the tokens of the schema. */
public final class Handlers {
  private static final String MODULE = "neonstack:index:";

  private final Map<String, ResourceHandler<?, ?>> resources =
      List.of(
              new ProjectHandler(),
              new BranchHandler(),
              new EndpointHandler(),
              new RoleHandler(),
              new DatabaseHandler(),
              new SigningKeyHandler(),
              new TokenHandler())
          .stream()
          .collect(Collectors.toMap(handler -> MODULE + handler.type(), Function.identity()));

  private final Map<String, FunctionHandler> functions =
      List.of(
              new GetBranch(),
              new GetBranches(),
              new GetOwnBranches(),
              new GetConnectionUri(),
              new LsnAt())
          .stream()
          .collect(Collectors.toMap(function -> MODULE + function.name(), Function.identity()));

  /** The handler of a type, such as {@code neonstack:index:Branch}. */
  public Optional<ResourceHandler<?, ?>> resource(String token) {
    return Optional.ofNullable(resources.get(token));
  }

  /** The handler of a function, such as {@code neonstack:index:getBranch}. */
  public Optional<FunctionHandler> function(String token) {
    return Optional.ofNullable(functions.get(token));
  }

  /** All resources by token. */
  public Map<String, ResourceHandler<?, ?>> resources() {
    return Map.copyOf(resources);
  }

  /** All functions by token. */
  public Map<String, FunctionHandler> functions() {
    return Map.copyOf(functions);
  }
}
