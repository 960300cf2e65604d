package dev.neonstack.stacks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.neonstack.stacks.config.reading.InvalidConfigException;
import dev.neonstack.stacks.config.reading.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClearPasswordsTest {
  private static final Map<String, String> VALUES =
      Map.of(
          "target",
          "local",
          "projects",
          """
          [{"name": "demo", "branches": [
            {"name": "main", "roles": [{"name": "a"}, {"name": "b", "password": "5432154321"}]}
          ]}]
          """);

  @Test
  void aPasswordInClearIsRefusedWithTheCommandThatMakesItASecret() {
    var problem =
        catchThrowableOfType(
            InvalidConfigException.class,
            () -> StackConfig.read(settings(Set.of()), TestSettings.CLOCK));

    assertThat(problem)
        .hasMessageNotContaining("5432154321")
        .hasMessageContaining(
            "pulumi config set --secret --path"
                + " 'neonstack:projects[0].branches[0].roles[1].password'");
  }

  @Test
  void aSecretPasswordIsTaken() {
    var config = StackConfig.read(settings(Set.of("projects")), TestSettings.CLOCK);

    var roles = config.projects().get(0).branches().get(0).roles();
    assertThat(roles.get(1).password()).contains("5432154321");
  }

  private static Settings settings(Set<String> secrets) {
    return new Settings(key -> Optional.ofNullable(VALUES.get(key)), VALUES.keySet(), secrets);
  }
}
