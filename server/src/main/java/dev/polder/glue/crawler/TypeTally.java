package dev.polder.glue.crawler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What kinds of JSON values were seen in one place, gathered over many records.
final class TypeTally {
  private boolean string;
  private boolean bool;
  private boolean whole;
  private boolean big;
  private boolean fraction;
  private @Nullable TypeTally element;
  private @Nullable Map<String, TypeTally> fields;

  void string() {
    string = true;
  }

  void bool() {
    bool = true;
  }

  /// A whole number of so many bits that it is an `int`, a `bigint` or, beyond, a text.
  void whole(String digits) {
    // Ten characters or fewer may fit an int; nineteen digits and a sign may fit a bigint.
    if (digits.length() > 20) {
      string = true;
      return;
    }
    try {
      long value = Long.parseLong(digits);
      if (value == (int) value) {
        whole = true;
      } else {
        big = true;
      }
    } catch (NumberFormatException beyond) {
      string = true;
    }
  }

  void fraction() {
    fraction = true;
  }

  /// An array was seen: where its elements are gathered.
  TypeTally element() {
    if (element == null) {
      element = new TypeTally();
    }
    return element;
  }

  /// An object was seen: where its members are gathered, by name.
  Map<String, TypeTally> fields() {
    if (fields == null) {
      fields = new LinkedHashMap<>();
    }
    return fields;
  }

  /// The type that holds all that was seen. A place with an object without members is text.
  HiveType type() {
    List<HiveType> seen = new ArrayList<>(2);
    if (string) {
      return HiveType.STRING;
    }
    if (bool) {
      seen.add(HiveType.BOOLEAN);
    }
    if (fraction) {
      seen.add(HiveType.DOUBLE);
    } else if (big) {
      seen.add(HiveType.BIGINT);
    } else if (whole) {
      seen.add(HiveType.INT);
    }
    if (element != null) {
      seen.add(new HiveType.Array(element.type()));
    }
    if (fields != null) {
      seen.add(fields.isEmpty() ? HiveType.STRING : struct(fields));
    }
    return switch (seen.size()) {
      case 0 -> HiveType.UNSEEN;
      case 1 -> seen.getFirst();
      default -> HiveType.STRING;
    };
  }

  private static HiveType struct(Map<String, TypeTally> fields) {
    List<HiveType.Field> list = new ArrayList<>();
    fields.forEach((name, tally) -> list.add(new HiveType.Field(name, tally.type())));
    return new HiveType.Struct(list);
  }
}
