package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.NameForm;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One request: what it names, what it holds, and its answer. */
final class Request {
  private static final Pattern HALF_ENCODED = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final int OK = 200;
  private static final int CREATED = 201;

  private final Context context;

  /**
   * A request.
   *
   * @param queryParameters those it may have; every other is refused, as it would be ignored
   */
  Request(Context context, String... queryParameters) {
    this.context = context;
    var known = List.of(queryParameters);
    if (context.queryString() != null && HALF_ENCODED.matcher(context.queryString()).find()) {
      throw Problem.invalid(
          "the query holds a %% that no two hexadecimal digits follow: %s; write %%25 for the sign itself"
              .formatted(NameForm.shown(context.queryString())));
    }
    context.queryParamMap().forEach((name, values) -> requireKnown(known, name, values));
  }

  private static void requireKnown(List<String> known, String name, List<String> values) {
    if (!known.contains(name)) {
      throw Problem.invalid(
          "the query parameter '%s' is not known or not offered here; expected %s"
              .formatted(
                  NameForm.shown(name), known.isEmpty() ? "none" : String.join(", ", known)));
    }
    if (values.size() > 1) {
      throw Problem.invalid(
          "the query parameter '%s' is given %d times; give it once"
              .formatted(name, values.size()));
    }
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

  /** A whole number of this range. */
  Optional<Integer> number(String name, int least, int most) {
    return query(name).map(text -> number(name, text, least, most));
  }

  private static int number(String name, String text, int least, int most) {
    if (text.matches("\\d{1,9}")) {
      var number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Problem.invalid(
        "%s is '%s'; expected a whole number from %d to %d"
            .formatted(name, NameForm.shown(text), least, most));
  }

  Optional<Boolean> flag(String name) {
    return query(name)
        .map(text -> oneOf(name, text.toLowerCase(Locale.ROOT), List.of("true", "false")))
        .map("true"::equals);
  }

  /** One of these words. */
  Optional<String> word(String name, List<String> words) {
    return query(name).map(text -> oneOf(name, text, words));
  }

  private static String oneOf(String name, String text, List<String> words) {
    if (!words.contains(text)) {
      throw Problem.invalid(
          "%s is '%s'; expected %s"
              .formatted(name, NameForm.shown(text), String.join(" or ", words)));
    }
    return text;
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
}
