package dev.polder.glue.crawler;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads a type from its text, leniently: a text that does not close its brackets is taken as one
/// primitive type.
final class TypeParser {
  private static final int DEEPEST = 100;

  private final String text;
  private int at;
  private int depth;

  TypeParser(String text) {
    this.text = text;
  }

  HiveType parse() {
    try {
      HiveType type = type();
      if (at == text.length()) {
        return type;
      }
    } catch (IllegalArgumentException e) {
      // Falls through: the text stands for itself.
    }
    return new HiveType.Primitive(text);
  }

  private HiveType type() {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("too deep");
    }
    HiveType type =
        switch (word()) {
          case "array" -> {
            expect('<');
            HiveType element = type();
            expect('>');
            yield new HiveType.Array(element);
          }
          case "map" -> {
            expect('<');
            HiveType key = type();
            expect(',');
            HiveType value = type();
            expect('>');
            yield new HiveType.MapOf(key, value);
          }
          case "struct" -> struct();
          case String name -> new HiveType.Primitive(name);
        };
    depth--;
    return type;
  }

  private HiveType struct() {
    expect('<');
    List<HiveType.Field> fields = new ArrayList<>();
    do {
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        throw new IllegalArgumentException("no field");
      }
      String name = text.substring(at, colon).strip();
      at = colon + 1;
      fields.add(new HiveType.Field(name, type()));
    } while (take(','));
    expect('>');
    return new HiveType.Struct(fields);
  }

  /// A type's name with its numbers, such as `decimal(10,2)`.
  private String word() {
    int begin = at;
    int brackets = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (brackets == 0 && (c == '<' || c == '>' || c == ',')) {
        break;
      }
      brackets += c == '(' ? 1 : c == ')' ? -1 : 0;
      at++;
    }
    return text.substring(begin, at).strip().toLowerCase(Locale.ROOT);
  }

  private boolean take(char c) {
    boolean taken = at < text.length() && text.charAt(at) == c;
    at += taken ? 1 : 0;
    return taken;
  }

  private void expect(char c) {
    if (!take(c)) {
      throw new IllegalArgumentException("expected " + c);
    }
  }
}
