package dev.polder.dynamodb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The constraints of the API model, of which all that a request breaks are named in one answer,
/// ten at most.
final class Constraints {
  private static final int MOST = 10;
  private static final int LONGEST_NAME = 255;
  private static final int SHORTEST_NAME = 3;
  private static final String NAME = "[a-zA-Z0-9_.-]+";
  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);

  private final List<String> broken = new ArrayList<>(0);

  /// Whether this is a name that a table or index may have.
  static boolean isName(String name) {
    return name.length() >= SHORTEST_NAME
        && name.length() <= LONGEST_NAME
        && NAME_PATTERN.matcher(name).matches();
  }

  /// Demands a member. True if it is there.
  boolean present(@Nullable Object value, String path) {
    if (value == null) {
      broken("null", path, "Member must not be null");
    }
    return value != null;
  }

  /// Demands a table's name.
  void tableName(@Nullable String name) {
    if (present(name, "tableName")) {
      name(name, "tableName");
    }
  }

  /// The form of a name, where there is one.
  void name(@Nullable String name, String path) {
    if (name == null || isName(name)) {
      return;
    }
    if (!NAME_PATTERN.matcher(name).matches()) {
      broken(quoted(name), path, "Member must satisfy regular expression pattern: " + NAME);
    }
    length(name, name.length(), path, SHORTEST_NAME, LONGEST_NAME);
  }

  /// A member of an enumeration, where it is there.
  ///
  /// @param known the values in the order in which the real service lists them
  void oneOf(@Nullable String value, String path, List<String> known) {
    if (value != null && !known.contains(value)) {
      broken(quoted(value), path, "Member must satisfy enum value set: " + known);
    }
  }

  /// The number of elements, where there are any.
  void size(@Nullable Collection<?> values, String path, int least, int most) {
    if (values != null) {
      length(values, values.size(), path, least, most);
    }
  }

  /// The length of what is there.
  void length(Object value, int length, String path, int least, int most) {
    if (length < least) {
      broken(quoted(value), path, "Member must have length greater than or equal to " + least);
    }
    if (length > most) {
      broken(quoted(value), path, "Member must have length less than or equal to " + most);
    }
  }

  /// A number, where it is there.
  void atLeast(@Nullable Number value, String path, long least) {
    if (value != null && value.longValue() < least) {
      broken(quoted(value), path, "Member must have value greater than or equal to " + least);
    }
  }

  /// A number, where it is there.
  void atMost(@Nullable Number value, String path, long most) {
    if (value != null && value.longValue() > most) {
      broken(quoted(value), path, "Member must have value less than or equal to " + most);
    }
  }

  /// Notes a constraint that does not hold.
  ///
  /// @param value as it is to be shown
  void broken(String value, String path, String constraint) {
    if (broken.size() < MOST) {
      broken.add(
          "Value " + value + " at '" + path + "' failed to satisfy constraint: " + constraint);
    }
  }

  static String quoted(Object value) {
    return "'" + value + "'";
  }

  /// Refuses the request if anything is broken.
  void check() {
    if (!broken.isEmpty()) {
      int count = broken.size();
      throw DynamoDbErrors.invalid(
          count
              + (count == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", broken));
    }
  }
}
