package dev.neonstack.it.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of types names nothing that Pulumi's SDK for AWS does not have. */
class TypesTest {
  private static final Map<String, AwsType> TYPES = AwsType.all();

  /** EKS has it, and pulumi-eks sets it; the SDK pinned here is older. */
  private static final Set<String> NEWER = Set.of("deletionProtection");

  static Stream<String> types() {
    return TYPES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void inputsAndOutputsAreThoseOfTheSdk(String token) throws ReflectiveOperationException {
    var type = TYPES.get(token);
    var resource = Class.forName("com.pulumi.aws." + token.replaceAll("aws:(\\w+)/.*:", "$1."));
    assertThat(resource.getAnnotation(ResourceType.class).type()).isEqualTo(token);
    var inputs = inputs(Class.forName(resource.getName() + "Args"));

    var named =
        Stream.of(type.required(), type.replaces(), type.formats().keySet(), type.refers().keySet())
            .flatMap(names -> names.stream())
            .map(path -> path.replaceAll("[.\\[].*", ""))
            .filter(name -> !NEWER.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    type.named().ifPresent(named::add);
    assertThat(inputs.keySet()).containsAll(named);

    var demanded = new TreeSet<String>();
    inputs.forEach((name, required) -> demanded.addAll(required ? Set.of(name) : Set.of()));
    var checked =
        type.required().stream()
            .map(path -> path.replaceAll("[.\\[].*", ""))
            .collect(Collectors.toSet());
    assertThat(checked).containsAll(demanded);
    assertThat(outputs(resource)).containsAll(type.outputs().keySet());
  }

  @ParameterizedTest
  @MethodSource("types")
  void typesThatAreNamedAreKnown(String token) {
    var type = TYPES.get(token);
    assertThat(TYPES.keySet()).containsAll(type.refers().values()).containsAll(type.heldBy());
    assertThat(type.heldBy())
        .allMatch(holder -> TYPES.get(holder).refers().containsValue(token), "refers to " + token);
  }

  private static Map<String, Boolean> inputs(Class<?> arguments) {
    var inputs = new HashMap<String, Boolean>();
    for (var field : arguments.getDeclaredFields()) {
      var input = field.getAnnotation(Import.class);
      if (input != null) {
        inputs.put(input.name().isEmpty() ? field.getName() : input.name(), input.required());
      }
    }
    return inputs;
  }

  private static Set<String> outputs(Class<?> resource) {
    return Arrays.stream(resource.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(Export.class))
        .map(field -> field.getAnnotation(Export.class).name())
        .collect(Collectors.toSet());
  }
}
