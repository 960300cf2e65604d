package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures in the shape of Neon's public API. */
final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
  private static final int CONFLICT = 409;
  private static final int REFUSED = 422;
  private static final int INTERNAL = 500;

  private Errors() {}

  static void answer(Context context, Throwable failure) {
    var cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Problem problem) {
      answer(context, status(context, problem), problem.code(), problem.getMessage());
      return;
    }
    if (cause instanceof HttpResponseException refused) {
      answer(context, refused.getStatus(), "HTTP_" + refused.getStatus(), refused.getMessage());
      return;
    }
    var id = UUID.randomUUID().toString();
    LOG.error("{} {} failed (request {})", context.method(), context.path(), id, cause);
    answer(context, INTERNAL, "INTERNAL", "the control plane failed; its log has request " + id);
  }

  static void answer(Context context, int status, String code, String message) {
    context.status(status).contentType("application/json").result(json(code, message).toString());
  }

  static ObjectNode json(String code, String message) {
    var json = Views.object();
    json.put("request_id", UUID.randomUUID().toString());
    json.put("code", code);
    json.put("message", message);
    return json;
  }

  /** A refused DELETE is a conflict: there are clients that take 422 for "it is gone". */
  private static int status(Context context, Problem problem) {
    var status = status(problem.kind());
    return status == REFUSED && context.method().equals(HandlerType.DELETE) ? CONFLICT : status;
  }

  private static int status(Problem.Kind kind) {
    return switch (kind) {
      case INVALID -> 400;
      case NOT_FOUND -> 404;
      case CONFLICT -> CONFLICT;
      case REFUSED -> REFUSED;
      case UNKNOWN -> 412;
      case LOCKED -> 423;
      case UNAVAILABLE -> 503;
      case FAILED -> INTERNAL;
    };
  }
}
