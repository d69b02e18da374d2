package dev.polder.appsync.run;

import dev.polder.appsync.api.Model;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Values of GraphQL as attributes of DynamoDB and back.
final class Values {
  private static final AttributeValue NULL = AttributeValue.fromNul(true);

  private Values() {}

  /// A value in JSON form as an attribute; null is the attribute type `NULL`.
  static AttributeValue attribute(@Nullable Object value) {
    return switch (value) {
      case null -> NULL;
      case String text -> AttributeValue.fromS(text);
      case Boolean flag -> AttributeValue.fromBool(flag);
      case Number number -> AttributeValue.fromN(number(number));
      case Map<?, ?> map -> {
        Map<String, AttributeValue> members = new LinkedHashMap<>();
        map.forEach((name, member) -> members.put(String.valueOf(name), attribute(member)));
        yield AttributeValue.fromM(members);
      }
      case Iterable<?> list -> {
        List<AttributeValue> elements = new ArrayList<>();
        list.forEach(element -> elements.add(attribute(element)));
        yield AttributeValue.fromL(elements);
      }
      default -> throw new IllegalArgumentException("Not a value: " + value.getClass());
    };
  }

  private static String number(Number number) {
    return number instanceof Double || number instanceof Float
        ? BigDecimal.valueOf(number.doubleValue()).toPlainString()
        : number.toString();
  }

  /// An attribute as a value in JSON form; sets are lists, binary is Base64.
  static @Nullable Object value(AttributeValue attribute) {
    return switch (attribute.type()) {
      case S -> attribute.s();
      case N -> number(attribute.n());
      case BOOL -> attribute.bool();
      case NUL -> null;
      case M -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        attribute.m().forEach((name, member) -> map.put(name, value(member)));
        yield map;
      }
      case L -> {
        List<@Nullable Object> list = new ArrayList<>(attribute.l().size());
        attribute.l().forEach(element -> list.add(value(element)));
        yield list;
      }
      case SS -> List.copyOf(attribute.ss());
      case NS -> attribute.ns().stream().map(Values::number).toList();
      case B -> base64(attribute.b());
      case BS -> attribute.bs().stream().map(Values::base64).toList();
      case UNKNOWN_TO_SDK_VERSION -> null;
    };
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }

  private static Object number(String text) {
    if (text.length() < 10 && text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      return Integer.valueOf(text);
    }
    var exact = new BigDecimal(text);
    if (exact.stripTrailingZeros().scale() <= 0 && exact.precision() - exact.scale() <= 18) {
      long whole = exact.longValueExact();
      return whole == (int) whole ? (Number) (int) whole : (Number) whole;
    }
    return exact;
  }

  /// An object of a model, by field, as an item, by attribute.
  static Map<String, AttributeValue> item(Model model, Map<String, @Nullable Object> object) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    object.forEach((field, value) -> item.put(attributeOf(model, field), attribute(value)));
    return item;
  }

  /// An item of a model as an object: every attribute, under the name of its field where it has
  /// one.
  static Map<String, @Nullable Object> object(Model model, Map<String, AttributeValue> item) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    item.forEach((name, attribute) -> object.put(name, value(attribute)));
    model
        .fields()
        .forEach((name, field) -> {
          AttributeValue attribute = item.get(field.attribute());
          if (attribute != null && !name.equals(field.attribute())) {
            object.put(name, value(attribute));
          }
        });
    return object;
  }

  /// The attribute that holds a field; the name itself for what is not a field, such as `a#b`.
  static String attributeOf(Model model, String field) {
    var known = model.fields().get(field);
    return known == null ? field : known.attribute();
  }
}
