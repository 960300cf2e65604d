package dev.neonstack.web;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Stands before everything else of a server. Who may not call is refused before anything is read of
 * a body, and a body is read to its end while no thread waits for it, so that clients who send half
 * of one keep nobody from being answered.
 */
public final class FrontDoor extends Handler.Wrapper {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_LARGE = 413;
  private static final int NOT_JSON = 415;
  private static final int TOO_MANY = 429;
  private static final int BAD_REQUEST = 400;
  private static final String JSON = "application/json";

  private final Rules rules;
  private final Map<String, Integer> unfinished = new ConcurrentHashMap<>();

  /** The door of a server that is not set up yet. */
  public FrontDoor(Rules rules) {
    this.rules = rules;
  }

  /** Puts the door before what the server has as its handler, and what it gets later. */
  public void installIn(Server server) {
    server.insertHandler(this);
    server.setErrorHandler(new Errors(rules.wording()));
  }

  /** Lets names in addresses hold every character, when it is escaped. */
  public static void takeAnyName(HttpConfiguration http) {
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "names with any character",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var refusal =
        rules
            .hosts()
            .refusal(Request.getServerName(request))
            .or(() -> rules.access().refusal(request));
    if (refusal.isPresent()) {
      refuse(response, callback, refusal.get());
      return true;
    }
    if (!hasBody(request)) {
      return super.handle(request, response, callback);
    }
    var unfit = type(request).or(() -> begin(request));
    if (unfit.isPresent()) {
      refuse(response, callback, unfit.get());
    } else if (request.getLength() > rules.limits().bodyBytes()) {
      discard(request, response, callback);
    } else {
      load(request, response, callback);
    }
    return true;
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** What a page of another site can send without asking first is never JSON by its type. */
  private static Optional<Refusal> type(Request request) {
    var given = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    var type = given.map(text -> text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    var fromPage = request.getHeaders().contains(HttpHeader.ORIGIN);
    if (type.map(text -> text.equals(JSON) || text.endsWith("+json")).orElse(!fromPage)) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            NOT_JSON,
            "UNSUPPORTED_MEDIA_TYPE",
            "the request's body is of type '%s'; expected JSON, sent with the header"
                    .formatted(Refusal.shown(given.orElse("")))
                + " Content-Type: application/json"));
  }

  private Refusal tooLarge() {
    return new Refusal(
        TOO_LARGE,
        "PAYLOAD_TOO_LARGE",
        "the request's body is larger than %d bytes; send a smaller one"
            .formatted(rules.limits().bodyBytes()));
  }

  private Optional<Refusal> begin(Request request) {
    var now = unfinished.merge(Request.getRemoteAddr(request), 1, Integer::sum);
    if (now <= rules.limits().unfinished()) {
      return Optional.empty();
    }
    end(request);
    return Optional.of(
        new Refusal(
            TOO_MANY,
            "TOO_MANY_REQUESTS",
            "%d requests of this client wait for the rest of their bodies; end them, or repeat later"
                .formatted(rules.limits().unfinished())));
  }

  private void end(Request request) {
    unfinished.computeIfPresent(
        Request.getRemoteAddr(request), (client, count) -> count == 1 ? null : count - 1);
  }

  private void load(Request request, Response response, Callback callback) {
    var decided = new AtomicBoolean();
    var deadline = deadline(decided, request, () -> refuse(response, callback, late()));
    Promise.Invocable<byte[]> loaded =
        Promise.Invocable.from(
            InvocationType.NON_BLOCKING,
            (body, failure) -> {
              deadline.cancel();
              Runnable next =
                  failure == null
                      ? () -> pass(new Loaded(request, body), response, callback)
                      : () -> refuse(response, callback, unreadable(failure));
              decide(decided, request, next);
            });
    Content.Source.asByteArrayAsync(request, rules.limits().bodyBytes(), loaded);
  }

  /** A client that is still sending would not hear the refusal: it is let finish, for a while. */
  private void discard(Request request, Response response, Callback callback) {
    var decided = new AtomicBoolean();
    Runnable refusal = () -> refuse(response, callback, tooLarge());
    var deadline = deadline(decided, request, refusal);
    Runnable read =
        () -> {
          deadline.cancel();
          decide(decided, request, refusal);
        };
    Content.Source.consumeAll(request, Callback.from(read, failure -> read.run()));
  }

  private Scheduler.Task deadline(AtomicBoolean decided, Request request, Runnable what) {
    return request
        .getComponents()
        .getScheduler()
        .schedule(
            () -> decide(decided, request, what),
            rules.limits().deadline().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void decide(AtomicBoolean decided, Request request, Runnable what) {
    if (decided.compareAndSet(false, true)) {
      end(request);
      request.getComponents().getExecutor().execute(what);
    }
  }

  private Refusal late() {
    return new Refusal(
        REQUEST_TIMEOUT,
        "REQUEST_TIMEOUT",
        "the request's body was not complete after %d s; send it faster"
            .formatted(rules.limits().deadline().toSeconds()));
  }

  private Refusal unreadable(Throwable failure) {
    return failure instanceof IllegalStateException
        ? tooLarge()
        : new Refusal(BAD_REQUEST, "BAD_REQUEST", "the request's body cannot be read to its end");
  }

  private void pass(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private void refuse(Response response, Callback callback, Refusal refusal) {
    response.setStatus(refusal.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
    Content.Sink.write(response, true, rules.wording().json(refusal), callback);
  }

  /** A request whose body is in memory. */
  private static final class Loaded extends Request.Wrapper {
    private final Content.Source body;

    Loaded(Request request, byte[] bytes) {
      super(request);
      this.body = Content.Source.from(ByteBuffer.wrap(bytes));
    }

    @Override
    public Content.Chunk read() {
      return body.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
      body.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
      body.fail(failure);
    }
  }
}
