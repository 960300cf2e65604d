package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One request: what it names, what it holds, and its answer. */
final class Request {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int USUAL_LIMIT = 10_000;
  private static final int LARGEST_LIMIT = 10_000;

  private final Context context;

  Request(Context context) {
    this.context = context;
  }

  TenantId project() {
    return Body.parsed("project_id", context.pathParam("project"), TenantId::of);
  }

  BranchKey branch() {
    var id = Body.parsed("branch_id", context.pathParam("branch"), TimelineId::of);
    return new BranchKey(project(), id);
  }

  String name(String parameter) {
    return context.pathParam(parameter);
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isEmpty());
  }

  Body body() {
    return Body.parse(context.body());
  }

  void ok(JsonNode json) {
    answer(OK, json);
  }

  void created(JsonNode json) {
    answer(CREATED, json);
  }

  /** Answers when the work is done; its failure is answered as that of the request. */
  <T> void ok(CompletableFuture<T> work, Function<T, JsonNode> view) {
    later(OK, work, view);
  }

  <T> void created(CompletableFuture<T> work, Function<T, JsonNode> view) {
    later(CREATED, work, view);
  }

  private <T> void later(int status, CompletableFuture<T> work, Function<T, JsonNode> view) {
    context.future(
        () ->
            work.handle(
                (done, failure) -> {
                  if (failure == null) {
                    answer(status, view.apply(done));
                  } else {
                    Errors.answer(context, failure);
                  }
                  return done;
                }));
  }

  private void answer(int status, JsonNode json) {
    context.status(status).contentType("application/json").result(json.toString());
  }

  /** The result under its name, with the operations done for it. */
  static <T> ObjectNode done(String name, Done<T> done, Function<T, JsonNode> view) {
    var json = Views.wrapped(name, view.apply(done.result()));
    json.set("operations", Views.list(done.operations(), Views::operation));
    return json;
  }

  /** A part of the list as {@code limit} and {@code cursor} ask for it, and where to go on. */
  <T> ObjectNode page(
      String name, List<T> all, Function<T, String> id, Function<T, JsonNode> view) {
    var limit = query("limit").map(text -> Body.parsed("limit", text, Request::limit));
    var cursor = query("cursor");
    var from = cursor.map(last -> after(all.stream().map(id).toList(), last)).orElse(0);
    var shown = all.stream().skip(from).limit(limit.orElse(USUAL_LIMIT)).toList();
    var json = Views.wrapped(name, Views.list(shown, view));
    if (!shown.isEmpty()) {
      json.putObject("pagination").put("cursor", id.apply(shown.get(shown.size() - 1)));
    }
    return json;
  }

  private static int after(List<String> ids, String last) {
    var place = ids.indexOf(last);
    if (place < 0) {
      throw Problem.invalid(
          "cursor is '%s', which names nothing here; begin without a cursor".formatted(last));
    }
    return place + 1;
  }

  private static int limit(String text) {
    var limit = Integer.parseInt(text);
    if (limit < 1 || limit > LARGEST_LIMIT) {
      throw Problem.invalid("limit is " + limit + "; expected 1 to " + LARGEST_LIMIT);
    }
    return limit;
  }
}
