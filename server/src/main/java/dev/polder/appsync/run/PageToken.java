package dev.polder.appsync.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Json;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The place where a page ended, as text that says nothing to the caller.
final class PageToken {
  private PageToken() {}

  static String of(Map<String, AttributeValue> key) {
    Map<String, Object> plain = new LinkedHashMap<>();
    key.forEach((name, value) -> plain.put(name, value.s() == null ? n(value) : value.s()));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(plain).getBytes(UTF_8));
  }

  // Numbers stay text, so that none loses digits.
  private static Object n(AttributeValue value) {
    return List.of(value.n());
  }

  /// @throws FieldException if the text is none of ours
  static Map<String, AttributeValue> read(String token) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      Map<String, AttributeValue> key = new LinkedHashMap<>();
      Json.parseObject(text).forEach((name, value) -> key.put(name, attribute(value)));
      return key;
    } catch (IllegalArgumentException | Json.Malformed e) {
      throw invalid();
    }
  }

  private static AttributeValue attribute(Object value) {
    return switch (value) {
      case String text -> AttributeValue.fromS(text);
      case List<?> list when list.size() == 1 && list.getFirst() instanceof String n ->
          AttributeValue.fromN(n);
      default -> throw invalid();
    };
  }

  private static FieldException invalid() {
    return new FieldException("BadRequestException", "Invalid pagination token given.");
  }
}
