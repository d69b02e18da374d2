package dev.polder.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Nesting;
import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Attribute values between the SDK and the engine.
final class AttributeValues {
  private static final int LONGEST_NAME = 65_535;

  private AttributeValues() {}

  /// The item that a client wrote.
  ///
  /// @throws ValidationException where a value breaks a rule
  static Item item(Map<String, AttributeValue> written) {
    return new Item(values(written, 0));
  }

  /// The value that a client wrote.
  ///
  /// @throws ValidationException where it breaks a rule
  static Value value(AttributeValue written) {
    return value(written, 0);
  }

  /// The values of expressions that a client wrote.
  ///
  /// @throws ValidationException where there are none, or a placeholder or a value breaks a rule
  static Map<String, Value> expressionValues(Map<String, AttributeValue> written) {
    Expressions.requireValues(written.keySet());
    Map<String, Value> values = LinkedHashMap.newLinkedHashMap(written.size());
    written.forEach((placeholder, value) -> values.put(placeholder, value(placeholder, value)));
    return values;
  }

  private static Value value(String placeholder, AttributeValue written) {
    try {
      return value(written);
    } catch (ValidationException e) {
      throw new ValidationException(
          "ExpressionAttributeValues contains invalid value: "
              + e.reason()
              + " for key "
              + placeholder);
    }
  }

  /// The item for a client.
  static Map<String, AttributeValue> sdk(Item item) {
    return sdk(item.attributes());
  }

  /// The value for a client.
  static AttributeValue sdk(Value value) {
    var to = AttributeValue.builder();
    switch (value) {
      case Value.S s -> to.s(s.value());
      case Value.N n -> to.n(n.text());
      case Value.B b -> to.b(SdkBytes.fromByteArrayUnsafe(b.bytes()));
      case Value.BOOL bool -> to.bool(bool.value());
      case Value.NULL _ -> to.nul(true);
      case Value.L l -> to.l(l.elements().stream().map(AttributeValues::sdk).toList());
      case Value.M m -> to.m(sdk(m.entries()));
      case Value.SS ss -> to.ss(ss.members());
      case Value.NS ns -> to.ns(ns.members().stream().map(Value.N::text).toList());
      case Value.BS bs ->
          to.bs(bs.members().stream().map(b -> SdkBytes.fromByteArrayUnsafe(b.bytes())).toList());
    }
    return to.build();
  }

  private static Map<String, AttributeValue> sdk(Map<String, Value> values) {
    Map<String, AttributeValue> sdk = LinkedHashMap.newLinkedHashMap(values.size());
    values.forEach((name, value) -> sdk.put(name, sdk(value)));
    return sdk;
  }

  private static Map<String, Value> values(Map<String, AttributeValue> written, int depth) {
    Map<String, Value> values = LinkedHashMap.newLinkedHashMap(written.size());
    written.forEach((name, value) -> {
      requireName(name);
      values.put(name, value(value, depth));
    });
    return values;
  }

  /// Refuses the name of an attribute, or of an entry of a map, that is too long.
  static void requireName(String name) {
    // No character has more than three bytes for each of its units.
    if (name.length() > LONGEST_NAME / 3 && name.getBytes(UTF_8).length > LONGEST_NAME) {
      throw new ValidationException("Attribute name is too large, must be less than 65536 bytes");
    }
  }

  private static Value value(AttributeValue written, int depth) {
    List<Type> types = types(written);
    if (types.isEmpty()) {
      throw new ValidationException(
          "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }
    Value value = value(types.getFirst(), written, depth);
    if (types.size() > 1) {
      types.subList(1, types.size()).forEach(type -> value(type, written, depth));
      throw new ValidationException(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
              + " the supported datatypes");
    }
    return value;
  }

  private static List<Type> types(AttributeValue written) {
    List<Type> types = new ArrayList<>(1);
    for (Type type : Type.values()) {
      if (has(written, type)) {
        types.add(type);
      }
    }
    return types;
  }

  private static boolean has(AttributeValue written, Type type) {
    return switch (type) {
      case S -> written.s() != null;
      case N -> written.n() != null;
      case B -> written.b() != null;
      case BOOL -> written.bool() != null;
      case NULL -> written.nul() != null;
      case L -> written.hasL();
      case M -> written.hasM();
      case SS -> written.hasSs();
      case NS -> written.hasNs();
      case BS -> written.hasBs();
    };
  }

  private static Value value(Type type, AttributeValue written, int depth) {
    return switch (type) {
      case S -> new Value.S(written.s());
      case N -> Value.N.parse(written.n());
      case B -> binary(written.b());
      case BOOL -> new Value.BOOL(written.bool());
      case NULL -> nothing(written.nul());
      case L -> list(written.l(), deeper(depth));
      case M -> new Value.M(values(written.m(), deeper(depth)));
      case SS -> Value.SS.of(written.ss());
      case NS -> Value.NS.of(written.ns());
      case BS -> Value.BS.of(written.bs().stream().map(AttributeValues::binary).toList());
    };
  }

  private static Value.B binary(SdkBytes bytes) {
    return new Value.B(bytes.asByteArrayUnsafe());
  }

  private static Value nothing(boolean nothing) {
    if (!nothing) {
      throw ValidationException.parameter("Null attribute value types must have the value of true");
    }
    return Value.NULL;
  }

  private static Value list(List<AttributeValue> written, int depth) {
    List<Value> elements = new ArrayList<>(written.size());
    for (AttributeValue element : written) {
      elements.add(value(element, depth));
    }
    return new Value.L(elements);
  }

  private static int deeper(int depth) {
    Nesting.require(depth + 2);
    return depth + 1;
  }
}
