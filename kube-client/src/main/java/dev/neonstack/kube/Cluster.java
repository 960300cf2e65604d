package dev.neonstack.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.kube.ClusterException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

/** The API server of one context. Every failure is a {@link ClusterException}. */
public final class Cluster {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Kubeconfig config;
  private final URI server;
  private final Credentials credentials;
  private final HttpClient http;

  private Cluster(Kubeconfig config, Map<String, String> environment) {
    this.config = config;
    this.server = server(config);
    this.credentials = new Credentials(config, environment);
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(daemons())
            .sslContext(Tls.of(config));
    Kubeconfig.text(config.cluster(), "proxy-url")
        .map(URI::create)
        .map(proxy -> ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())))
        .ifPresent(builder::proxy);
    this.http = builder.build();
  }

  private static ExecutorService daemons() {
    return Executors.newCachedThreadPool(
        work -> {
          var thread = new Thread(work, "cluster");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static URI server(Kubeconfig config) {
    if (config.cluster().has("tls-server-name")) {
      throw new ClusterException(
          Kind.CONFIG,
          config
              + " sets tls-server-name, which is not taken; use a server name its certificate has");
    }
    var text = config.cluster().path("server").asText();
    try {
      var url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() != null && url.getScheme().startsWith("http")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new ClusterException(Kind.CONFIG, config + ": '" + text + "' is no server's URL", e);
    }
    throw new ClusterException(Kind.CONFIG, config + ": '" + text + "' is no server's URL");
  }

  /** The cluster of the settings; nothing is asked of it yet. */
  public static Cluster of(ClusterSettings settings, Map<String, String> environment) {
    return new Cluster(Kubeconfig.read(settings, environment), environment);
  }

  /** The namespace the context names. */
  public Optional<String> namespace() {
    return config.namespace();
  }

  /** One object, such as {@code /api/v1/namespaces/neon/services/storage-controller}. */
  public Optional<JsonNode> find(String path) {
    var response = get("to get " + path, path);
    if (response.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    return Optional.of(json(path, expectOk("to get " + path, response)));
  }

  /**
   * The objects of a kind, such as {@code /api/v1/namespaces/neon/pods}, in the server's order.
   *
   * @param labels labels they all have
   */
  public List<JsonNode> list(String path, Map<String, String> labels) {
    var what = "to list " + path;
    var selector = new ArrayList<String>();
    labels.forEach((name, value) -> selector.add(name + "=" + value));
    var query = URLEncoder.encode(String.join(",", selector), StandardCharsets.UTF_8);
    var answer = get(what, path + (labels.isEmpty() ? "" : "?labelSelector=" + query));
    if (answer.statusCode() == NOT_FOUND) {
      throw new ClusterException(Kind.NOT_FOUND, "the cluster knows no " + path);
    }
    var items = new ArrayList<JsonNode>();
    json(path, expectOk(what, answer)).path("items").forEach(items::add);
    return items;
  }

  private HttpResponse<String> get(String what, String path) {
    var answer = send(path);
    if (answer.statusCode() == UNAUTHORISED && credentials.renew()) {
      answer = send(path);
    }
    if (answer.statusCode() == UNAUTHORISED || answer.statusCode() == FORBIDDEN) {
      throw refused(what, answer.statusCode());
    }
    return answer;
  }

  private HttpResponse<String> send(String path) {
    var request = HttpRequest.newBuilder(URI.create(server + path)).timeout(ANSWER);
    request.header("Accept", "application/json");
    credentials.headers().forEach(request::header);
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    }
  }

  private String expectOk(String what, HttpResponse<String> answer) {
    if (answer.statusCode() == OK) {
      return answer.body();
    }
    throw refused(what, answer.statusCode());
  }

  private JsonNode json(String path, String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new ClusterException(
          Kind.REFUSED, at() + " does not answer " + path + " in JSON; is it an API server?");
    }
  }

  ClusterException refused(String what, int status) {
    return switch (status) {
      case UNAUTHORISED ->
          new ClusterException(
              Kind.UNAUTHORISED, at() + " refuses the credentials; log in to the cluster again");
      case FORBIDDEN ->
          new ClusterException(
              Kind.FORBIDDEN,
              at()
                  + " forbids "
                  + what
                  + "; in the namespace the user needs: get on services, secrets and pods, list on pods,"
                  + " get and create on pods/portforward");
      default ->
          new ClusterException(Kind.REFUSED, at() + " answers " + status + " when asked " + what);
    };
  }

  ClusterException unreachable(Exception cause) {
    var why =
        cause instanceof SSLException
            ? " cannot be trusted ("
                + cause.getMessage()
                + "); is its CA the one of the kubeconfig?"
            : " does not answer; is the cluster up, and is it reached from here (VPN, proxy)?";
    var kind = cause instanceof SSLException ? Kind.CONFIG : Kind.UNREACHABLE;
    return new ClusterException(kind, at() + why, cause);
  }

  private String at() {
    return "Kubernetes at " + server + " (" + config + ")";
  }

  URI webSocket(String path) {
    return URI.create(server.toString().replaceFirst("^http", "ws") + path);
  }

  HttpClient http() {
    return http;
  }

  Map<String, String> headers() {
    return credentials.headers();
  }
}
