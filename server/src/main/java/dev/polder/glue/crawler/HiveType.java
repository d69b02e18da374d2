package dev.polder.glue.crawler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A column type in Hive's spelling.
public sealed interface HiveType {

  HiveType STRING = new Primitive("string");
  HiveType BOOLEAN = new Primitive("boolean");
  HiveType INT = new Primitive("int");
  HiveType BIGINT = new Primitive("bigint");
  HiveType DOUBLE = new Primitive("double");

  /// The type of a column in which only nulls were seen: gives way to any other, and is written
  /// `string`.
  HiveType UNSEEN = new Unseen();

  /// A type without parts, or one that we do not look into.
  ///
  /// @param name such as `int` or `decimal(10,2)`
  record Primitive(String name) implements HiveType {}

  record Array(HiveType element) implements HiveType {}

  record MapOf(HiveType key, HiveType value) implements HiveType {}

  /// @param fields with the names of the source, whose case is kept
  record Struct(List<Field> fields) implements HiveType {
    public Struct {
      fields = List.copyOf(fields);
    }
  }

  record Unseen() implements HiveType {}

  record Field(String name, HiveType type) {}

  /// The type as the catalogue holds it.
  default String text() {
    return switch (this) {
      case Primitive(String name) -> name;
      case Array(HiveType element) -> "array<" + element.text() + ">";
      case MapOf(HiveType key, HiveType value) -> "map<" + key.text() + "," + value.text() + ">";
      case Struct(List<Field> fields) ->
          fields.stream()
              .map(field -> field.name() + ":" + field.type().text())
              .collect(Collectors.joining(",", "struct<", ">"));
      case Unseen() -> "string";
    };
  }

  /// The type that holds the values of both: numbers widen, nested types merge part by part, and
  /// whatever else differs becomes `string`.
  default HiveType merge(HiveType other) {
    if (equals(other) || other instanceof Unseen) {
      return this;
    }
    return switch (this) {
      case Unseen() -> other;
      case Array(HiveType element) when other instanceof Array(HiveType theirs) ->
          new Array(element.merge(theirs));
      case MapOf(HiveType key, HiveType value)
          when other instanceof MapOf(HiveType theirKey, HiveType theirValue) ->
          new MapOf(key.merge(theirKey), value.merge(theirValue));
      case Struct struct when other instanceof Struct theirs -> union(struct, theirs);
      case Primitive(String name) when other instanceof Primitive(String theirs) ->
          Numbers.wider(name, theirs);
      case Array _, MapOf _, Struct _, Primitive _ -> STRING;
    };
  }

  private static Struct union(Struct left, Struct right) {
    Map<String, HiveType> fields = new LinkedHashMap<>();
    left.fields().forEach(field -> fields.put(field.name(), field.type()));
    right.fields().forEach(field -> fields.merge(field.name(), field.type(), HiveType::merge));
    List<Field> merged = new ArrayList<>();
    fields.forEach((name, type) -> merged.add(new Field(name, type)));
    return new Struct(merged);
  }

  /// Reads a type. What is not an array, a map or a struct is taken as it is written.
  static HiveType parse(String text) {
    return new TypeParser(text).parse();
  }
}
