package dev.polder.gateway.aws;

import dev.polder.gateway.codec.Member;
import dev.polder.gateway.codec.Scalars;
import dev.polder.gateway.codec.Shape;
import dev.polder.gateway.http.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/// The members of REST operations that travel outside the body.
public final class RestBindings {
  private RestBindings() {}

  /// Fills a builder from path, query string and headers.
  ///
  /// @throws dev.polder.gateway.codec.MalformedInputException if a value is not of its member's
  ///   type
  public static void read(Matched matched, SdkPojo builder) {
    for (Member member : Shape.of(builder).bound()) {
      Object value =
          switch (member.location()) {
            case PATH, GREEDY_PATH -> scalar(matched.path().get(member.name()), member);
            case QUERY_PARAM -> parameter(matched.parameters(), member);
            case HEADER -> header(matched.request().headers(), member);
            default -> null;
          };
      if (value != null) {
        member.set(builder, value);
      }
    }
  }

  private static @Nullable Object scalar(@Nullable String text, Member member) {
    return text == null ? null : Scalars.parse(text, member, Format.ISO_8601);
  }

  private static @Nullable Object parameter(Map<String, List<String>> query, Member member) {
    if (member.isMap()) {
      // A map bound to the query holds every parameter.
      Map<String, Object> all = new LinkedHashMap<>();
      boolean several = member.element().isList();
      query.forEach((name, values) -> all.put(name, several ? values : values.getFirst()));
      return all;
    }
    List<String> values = query.get(member.name());
    if (values == null) {
      return null;
    }
    if (!member.isList()) {
      return Scalars.parse(values.getFirst(), member, Format.ISO_8601);
    }
    return values.stream()
        .map(each -> Scalars.parse(each, member.element(), Format.ISO_8601))
        .toList();
  }

  private static @Nullable Object header(Headers headers, Member member) {
    if (member.isMap()) {
      return prefixed(headers, member.name().toLowerCase(Locale.ROOT));
    }
    if (!headers.contains(member.name())) {
      return null;
    }
    if (!member.isList()) {
      return Scalars.parse(headers.first(member.name(), ""), member, Format.RFC_822);
    }
    List<Object> values = new ArrayList<>();
    for (String line : headers.all(member.name())) {
      for (String each : line.split(",")) {
        values.add(Scalars.parse(each.strip(), member.element(), Format.RFC_822));
      }
    }
    return values;
  }

  /// The headers that begin with a prefix, without it.
  private static @Nullable Map<String, String> prefixed(Headers headers, String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    headers.forEach((name, value) -> {
      if (name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
        found.put(name.substring(prefix.length()), value);
      }
    });
    return found.isEmpty() ? null : found;
  }

  /// Adds the members that travel in headers.
  public static void writeHeaders(SdkPojo pojo, Headers headers) {
    for (Member member : Shape.of(pojo).bound()) {
      Object value = member.location() == MarshallLocation.HEADER ? member.present(pojo) : null;
      switch (value) {
        case null -> {}
        case Map<?, ?> map ->
            map.forEach(
                (key, each) -> headers.add(member.answerName() + key, String.valueOf(each)));
        case List<?> list ->
            headers.add(
                member.answerName(),
                list.stream()
                    .map(each -> Scalars.format(each, member.element(), Format.RFC_822))
                    .collect(Collectors.joining(",")));
        default -> headers.add(member.answerName(), Scalars.format(value, member, Format.RFC_822));
      }
    }
  }
}
