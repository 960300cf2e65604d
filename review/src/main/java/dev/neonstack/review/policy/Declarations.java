package dev.neonstack.review.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The resources that are judged together. */
record Declarations(List<Declared> all) {
  Declarations {
    all = List.copyOf(all);
  }

  /** Those of any of the types. */
  Stream<Declared> of(List<String> types) {
    return all.stream().filter(one -> types.contains(one.type()));
  }

  Stream<Declared> of(String... types) {
    return of(List.of(types));
  }

  /** Those of any of the types that name the other resource by a property. */
  List<Declared> referring(List<String> types, String property, Declared other) {
    return of(types).filter(one -> one.refersTo(other, property)).toList();
  }

  /** Names of tags that a provider adds to whatever it makes. */
  Set<String> defaultTags() {
    var names = new HashSet<String>();
    of("pulumi:providers:aws")
        .map(provider -> Values.document(provider.input("defaultTags")).path("tags"))
        .forEach(tags -> tags.fieldNames().forEachRemaining(names::add));
    return names;
  }

  /** Pulumi's type for {@code s3} and {@code BucketV2}: {@code aws:s3/bucketV2:BucketV2}. */
  static String aws(String module, String name) {
    return "aws:%s/%s%s:%s"
        .formatted(module, name.substring(0, 1).toLowerCase(Locale.ROOT), name.substring(1), name);
  }

  static Stream<JsonNode> each(JsonNode list) {
    return list.isArray() ? list.valueStream() : Stream.of(list).filter(JsonNode::isObject);
  }
}
