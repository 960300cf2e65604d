package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.NameForm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list. Where the next part begins is told by what the last one of this part is sorted
 * by, so that the next is right also when that one is gone by then.
 */
final class Page {
  /** The largest part, and the one of who does not say. */
  static final int LARGEST = 10_000;

  private static final char SEPARATOR = 0;

  private Page() {}

  /** How a list is sorted: by a key, and by the id where keys are the same. */
  record Order<T>(Function<T, String> key, Function<T, String> id, boolean descending) {
    private String place(T one) {
      return key.apply(one) + SEPARATOR + id.apply(one);
    }

    private Comparator<String> comparator() {
      return descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }
  }

  /** A moment as a key. */
  static String key(Instant time) {
    return "%020d%09d".formatted(time.getEpochSecond(), time.getNano());
  }

  /** The part that the query asks for, under a name, with where the next begins. */
  static <T> ObjectNode of(
      Request request, String name, List<T> all, Order<T> order, Function<T, JsonNode> view) {
    var limit = request.number("limit", 1, LARGEST).orElse(LARGEST);
    var after = request.query("cursor").map(Page::decoded);
    var rest =
        all.stream()
            .sorted(Comparator.comparing(order::place, order.comparator()))
            .filter(one -> isAfter(order, order.place(one), after))
            .toList();
    var shown = rest.subList(0, Math.min(limit, rest.size()));
    var json = Views.wrapped(name, Views.list(shown, view));
    if (!shown.isEmpty()) {
      var cursor = encoded(order.place(shown.get(shown.size() - 1)));
      var pagination = json.putObject("pagination").put("cursor", cursor);
      if (shown.size() < rest.size()) {
        pagination.put("next", cursor);
      }
    }
    return json;
  }

  private static <T> boolean isAfter(Order<T> order, String place, Optional<String> last) {
    return last.map(text -> order.comparator().compare(place, text) > 0).orElse(true);
  }

  private static String encoded(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String cursor) {
    try {
      var place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (place.indexOf(SEPARATOR) >= 0) {
        return place;
      }
    } catch (IllegalArgumentException e) {
      throw unknown(cursor);
    }
    throw unknown(cursor);
  }

  private static Problem unknown(String cursor) {
    return Problem.invalid(
        "cursor is '%s'; expected what pagination of the answer before says, or none to begin"
            .formatted(NameForm.shown(cursor)));
  }
}
