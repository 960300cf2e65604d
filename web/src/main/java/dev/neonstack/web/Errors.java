package dev.neonstack.web;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the web server refuses by itself, in the words of the server that it carries. */
final class Errors extends ErrorHandler {
  private static final String JSON = "application/json";
  private static final int NOT_FOUND = 404;
  private static final int URI_TOO_LONG = 414;
  private static final int HEADERS_TOO_LARGE = 431;
  private static final int INTERNAL = 500;

  private final Rules.Wording wording;

  Errors(Rules.Wording wording) {
    this.wording = wording;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
    Content.Sink.write(response, true, wording.json(refusal(status)), callback);
  }

  private static Refusal refusal(int status) {
    return switch (status) {
      case NOT_FOUND -> new Refusal(status, "NOT_FOUND", "there is nothing at this address");
      case URI_TOO_LONG ->
          new Refusal(
              status, "URI_TOO_LONG", "the request's address is too long; send a shorter one");
      case HEADERS_TOO_LARGE ->
          new Refusal(
              status, "HEADERS_TOO_LARGE", "the request's headers are too large; send fewer");
      default ->
          status < INTERNAL
              ? new Refusal(
                  status,
                  "BAD_REQUEST",
                  "the request's address or headers cannot be read; see that they are valid HTTP")
              : new Refusal(status, "INTERNAL", "the server failed; its log says why");
    };
  }
}
