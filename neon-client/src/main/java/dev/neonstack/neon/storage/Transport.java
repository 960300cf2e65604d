package dev.neonstack.neon.storage;

import dev.neonstack.neon.http.HttpClients;
import dev.neonstack.neon.storage.StorageException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;

/** Sends one call and tells "never arrived" from "no answer". */
final class Transport {
  private final StorageOptions options;
  private final HttpClient http;

  Transport(StorageOptions options, Timeouts timeouts) {
    this.options = options;
    this.http = HttpClients.create(timeouts.connect(), options.caFile());
  }

  Answer send(Call call) {
    try {
      var response = http.send(request(call), BodyHandlers.ofString());
      return new Answer(response.statusCode(), masked(response.body()));
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw failure(Kind.RETRY, call, "no connection: is the server up?", e);
    } catch (HttpTimeoutException e) {
      var seconds = call.timeout().toSeconds();
      throw failure(call.whenLost(), call, "no answer within " + seconds + " s", e);
    } catch (SSLException e) {
      var advice = ". Give the CA that signed the server's certificate as the CA file";
      throw failure(Kind.FAILED, call, "no TLS: " + e.getMessage() + advice, e);
    } catch (IOException e) {
      throw failure(call.whenLost(), call, "the connection was lost before the answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(call.whenLost(), call, "interrupted", e);
    }
  }

  private HttpRequest request(Call call) {
    var builder =
        HttpRequest.newBuilder(URI.create(options.url() + call.path()))
            .timeout(call.timeout())
            .header("Accept", "application/json")
            .method(
                call.method(),
                call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    call.body().ifPresent(body -> builder.header("Content-Type", "application/json"));
    options.token().ifPresent(token -> builder.header("Authorization", "Bearer " + token));
    return builder.build();
  }

  /** A server may quote what it was sent; messages made of its answers must not. */
  private String masked(String body) {
    return options.token().map(token -> body.replace(token, "(hidden)")).orElse(body);
  }

  private StorageException failure(Kind kind, Call call, String why, Exception cause) {
    var message = call.what() + " at " + options.url() + " failed: " + why;
    return new StorageException(kind, OptionalInt.empty(), message, cause);
  }
}
