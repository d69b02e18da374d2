package dev.polder.gateway.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkNumber;
import software.amazon.awssdk.core.document.Document;

/// The SDK's open-ended documents as [dev.polder.kernel.Json] values.
final class Documents {
  private Documents() {}

  static @Nullable Object toJson(Document document) {
    if (document.isNull()) {
      return null;
    }
    if (document.isList()) {
      List<@Nullable Object> values = new ArrayList<>();
      document.asList().forEach(each -> values.add(toJson(each)));
      return values;
    }
    if (document.isMap()) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      document.asMap().forEach((key, each) -> values.put(key, toJson(each)));
      return values;
    }
    return document.isNumber() ? document.asNumber().bigDecimalValue() : document.unwrap();
  }

  static Document fromJson(@Nullable Object value) {
    return switch (value) {
      case null -> Document.fromNull();
      case String text -> Document.fromString(text);
      case Boolean bool -> Document.fromBoolean(bool);
      case Number number -> Document.fromNumber(SdkNumber.fromString(number.toString()));
      case List<?> list -> Document.fromList(list.stream().map(Documents::fromJson).toList());
      case Map<?, ?> map -> {
        Map<String, Document> values = new LinkedHashMap<>();
        map.forEach((key, each) -> values.put(String.valueOf(key), fromJson(each)));
        yield Document.fromMap(values);
      }
      default -> throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
    };
  }
}
