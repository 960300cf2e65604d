package dev.neonstack.provider;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Bool;
import dev.neonstack.provider.value.Value.Fields;
import dev.neonstack.provider.value.Value.Items;
import dev.neonstack.provider.value.Value.Num;
import dev.neonstack.provider.value.Value.Secret;
import dev.neonstack.provider.value.Value.Text;
import dev.neonstack.provider.value.Value.Unknown;
import java.util.LinkedHashMap;
import java.util.Set;

/** Values as the engine writes them, with its marks of what is secret and what is unknown. */
final class Structs {
  private static final String MARK = "4dabf18193072939515e22adb298388d";
  private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
  private static final String OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

  /** What stands for an unknown value; there is one text for each type of value. */
  private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  private static final Set<String> UNKNOWNS =
      Set.of(
          UNKNOWN,
          "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
          "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
          "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
          "030794c1-ac77-496b-92df-f27374a8bd58",
          "e48ece36-62e2-4504-bad9-02848725956a",
          "dd056dcd-154b-4c76-9bd3-c8f88648b5ff");

  private Structs() {}

  static Props props(Struct struct) {
    return new Props(fields(struct).values());
  }

  private static Fields fields(Struct struct) {
    var fields = new LinkedHashMap<String, Value>();
    struct.getFieldsMap().forEach((name, value) -> fields.put(name, value(value)));
    return new Fields(fields);
  }

  private static Value value(com.google.protobuf.Value value) {
    return switch (value.getKindCase()) {
      case NULL_VALUE, KIND_NOT_SET -> Value.Null.VALUE;
      case BOOL_VALUE -> Value.of(value.getBoolValue());
      case NUMBER_VALUE -> Value.of(value.getNumberValue());
      case STRING_VALUE ->
          UNKNOWNS.contains(value.getStringValue())
              ? Value.Unknown.VALUE
              : Value.of(value.getStringValue());
      case LIST_VALUE ->
          new Items(value.getListValue().getValuesList().stream().map(Structs::value).toList());
      case STRUCT_VALUE -> structValue(value.getStructValue());
    };
  }

  private static Value structValue(Struct struct) {
    var mark = struct.getFieldsOrDefault(MARK, text("")).getStringValue();
    return switch (mark) {
      case SECRET -> new Secret(value(struct.getFieldsOrDefault("value", text(""))));
      case OUTPUT -> output(struct);
      default -> fields(struct);
    };
  }

  private static Value output(Struct struct) {
    var inner =
        struct.containsFields("value")
            ? value(struct.getFieldsOrThrow("value"))
            : Value.Unknown.VALUE;
    return struct.getFieldsOrDefault("secret", text("")).getBoolValue() ? new Secret(inner) : inner;
  }

  static Struct struct(Props props) {
    return struct(new Fields(props.values()));
  }

  private static Struct struct(Fields fields) {
    var struct = Struct.newBuilder();
    fields.values().forEach((name, value) -> struct.putFields(name, wire(value)));
    return struct.build();
  }

  private static com.google.protobuf.Value wire(Value value) {
    var wire = com.google.protobuf.Value.newBuilder();
    if (value instanceof Bool bool) {
      wire.setBoolValue(bool.value());
    } else if (value instanceof Num number) {
      wire.setNumberValue(number.value());
    } else if (value instanceof Text text) {
      wire.setStringValue(text.value());
    } else if (value instanceof Unknown) {
      wire.setStringValue(UNKNOWN);
    } else if (value instanceof Items items) {
      wire.setListValue(
          ListValue.newBuilder().addAllValues(items.values().stream().map(Structs::wire).toList()));
    } else if (value instanceof Fields fields) {
      wire.setStructValue(struct(fields));
    } else if (value instanceof Secret secret) {
      wire.setStructValue(
          Struct.newBuilder()
              .putFields(MARK, text(SECRET))
              .putFields("value", wire(secret.value())));
    } else {
      wire.setNullValue(NullValue.NULL_VALUE);
    }
    return wire.build();
  }

  private static com.google.protobuf.Value text(String text) {
    return com.google.protobuf.Value.newBuilder().setStringValue(text).build();
  }
}
