package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantConfig;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.controlplane.ProjectRegistration;
import dev.neonstack.provider.value.Props;
import java.util.Optional;

/**
 * What a project is.
 *
 * @param pending whether its creation is not known to have ended
 */
record ProjectState(ProjectInputs project, boolean pending) {

  static ProjectState of(Props props) {
    return new ProjectState(ProjectInputs.of(props), props.bool("pending").orElse(false));
  }

  Props props() {
    return pending ? project.props().toBuilder().put("pending", true).build() : project.props();
  }

  TenantId id() {
    return project.tenantId();
  }

  TenantConfig config() {
    return new TenantConfig(Optional.of(project.historyRetention()));
  }

  ProjectRegistration registration(String owner) {
    return new ProjectRegistration(
        project.tenantId(),
        project.name(),
        project.pgVersion(),
        project.historyRetention(),
        project.region(),
        Optional.of(owner));
  }
}
