package dev.neonstack.kube;

import dev.neonstack.kube.ClusterException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a context's user says of itself in a request. */
final class Credentials {
  private final Kubeconfig config;
  private final Optional<ExecPlugin> plugin;

  Credentials(Kubeconfig config, Map<String, String> environment) {
    this.config = config;
    var exec = config.user().path("exec");
    this.plugin =
        exec.isObject() ? Optional.of(new ExecPlugin(config, environment)) : Optional.empty();
    if (config.user().has("auth-provider")) {
      throw new ClusterException(
          Kind.CONFIG,
          config
              + " uses an auth-provider, which Kubernetes dropped; make it anew with an exec plugin or"
              + " a token");
    }
  }

  /** Headers, which are secrets. */
  Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    authorization().ifPresent(value -> headers.put("Authorization", value));
    Kubeconfig.text(config.user(), "as").ifPresent(as -> headers.put("Impersonate-User", as));
    return headers;
  }

  private Optional<String> authorization() {
    var user = config.user();
    if (plugin.isPresent()) {
      return Optional.of("Bearer " + plugin.get().token());
    }
    var name = Kubeconfig.text(user, "username");
    if (name.isPresent()) {
      var pair = name.get() + ":" + user.path("password").asText();
      var coded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      return Optional.of("Basic " + coded);
    }
    return Kubeconfig.text(user, "token").or(this::tokenOfFile).map(token -> "Bearer " + token);
  }

  /** Read at each request, as whoever writes the file renews it. */
  private Optional<String> tokenOfFile() {
    return Kubeconfig.text(config.user(), "tokenFile")
        .map(path -> config.read("tokenFile", config.folder().resolve(path)).strip());
  }

  /** Forgets what was refused; whether that changes anything. */
  boolean renew() {
    plugin.ifPresent(ExecPlugin::forget);
    return plugin.isPresent();
  }
}
