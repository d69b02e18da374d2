package dev.polder.glue;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

/// The constraints of the API model. Each check answers what it checked.
final class Check {
  private static final int NAME = 255;
  private static final int LOCATION = 2056;
  private static final int TYPE = 131_072;
  private static final int PARAMETER = 512_000;
  private static final Pattern SINGLE_LINE = Pattern.compile("[^\\p{Cc}\\x{FFFE}\\x{FFFF}]*");
  private static final String SINGLE_LINE_TEXT =
      "[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*";

  private Check() {}

  static <T> T present(@Nullable T value, String path) {
    if (value == null) {
      throw GlueErrors.constraint("null", path, "Member must not be null");
    }
    return value;
  }

  /// A name of 1 to 255 characters on one line.
  static String name(@Nullable String name, String path) {
    return singleLine(length(present(name, path), path, 1, NAME), path);
  }

  /// A name that the catalogue keeps in lower case, as the real service does for databases, tables
  /// and functions.
  static String lowerName(@Nullable String name, String path) {
    return name(name, path).toLowerCase(Locale.ROOT);
  }

  static String length(String value, String path, int least, int most) {
    if (value.length() < least) {
      throw GlueErrors.constraint(
          quoted(value), path, "Member must have length greater than or equal to " + least);
    }
    if (value.length() > most) {
      throw GlueErrors.constraint(
          quoted(value), path, "Member must have length less than or equal to " + most);
    }
    return value;
  }

  static String singleLine(String value, String path) {
    if (!SINGLE_LINE.matcher(value.replace("\t", "")).matches()) {
      throw GlueErrors.constraint(
          quoted(value),
          path,
          "Member must satisfy regular expression pattern: " + SINGLE_LINE_TEXT);
    }
    return value;
  }

  /// The number of items of a list.
  static <C extends Collection<?>> C size(C items, String path, int least, int most) {
    if (items.size() < least || items.size() > most) {
      throw GlueErrors.constraint(
          quoted(brief(items.toString())),
          path,
          items.size() < least
              ? "Member must have length greater than or equal to " + least
              : "Member must have length less than or equal to " + most);
    }
    return items;
  }

  /// A page size.
  static int most(@Nullable Integer maxResults, int most) {
    return within(maxResults == null ? most : maxResults, "maxResults", 1, most);
  }

  static int within(int value, String path, int least, int most) {
    if (value < least) {
      throw GlueErrors.constraint(
          quoted(value), path, "Member must have value greater than or equal to " + least);
    }
    if (value > most) {
      throw GlueErrors.constraint(
          quoted(value), path, "Member must have value less than or equal to " + most);
    }
    return value;
  }

  static void parameters(Map<String, String> parameters, String path) {
    parameters.forEach((key, value) -> {
      length(key, path + ".key", 1, NAME);
      if (value != null) {
        length(value, path + "." + key + ".member", 0, PARAMETER);
      }
    });
  }

  static void storage(@Nullable StorageDescriptor storage, String path) {
    if (storage == null) {
      return;
    }
    columns(storage.columns(), path + ".columns");
    parameters(storage.parameters(), path + ".parameters");
    if (storage.location() != null) {
      length(storage.location(), path + ".location", 0, LOCATION);
    }
  }

  static void columns(Collection<Column> columns, String path) {
    int i = 1;
    for (Column column : columns) {
      String member = path + "." + i++ + ".member";
      name(column.name(), member + ".name");
      if (column.type() != null) {
        singleLine(length(column.type(), member + ".type", 0, TYPE), member + ".type");
      }
      if (column.comment() != null) {
        singleLine(length(column.comment(), member + ".comment", 0, NAME), member + ".comment");
      }
    }
  }

  /// Refuses a member that would change the meaning of the call.
  static void absent(@Nullable Object value, String member) {
    boolean given =
        value != null
            && !(value instanceof Collection<?> c && c.isEmpty())
            && !(value instanceof Map<?, ?> m && m.isEmpty());
    if (given) {
      throw GlueErrors.unsupported(member);
    }
  }

  private static String quoted(Object value) {
    return "'" + brief(value.toString()) + "'";
  }

  private static String brief(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
