package dev.polder.glue.crawler;

import dev.polder.glue.crawler.CompactThrift.Corrupt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Makes Hive types of a Parquet schema. Lists and maps are read in their standard form and in the
/// older ones; see https://github.com/apache/parquet-format/blob/master/LogicalTypes.md
final class ParquetTypes {
  private static final int DEEPEST = 100;

  // Physical types.
  private static final int BOOLEAN = 0;
  private static final int INT32 = 1;
  private static final int INT64 = 2;
  private static final int INT96 = 3;
  private static final int FLOAT = 4;
  private static final int DOUBLE = 5;
  private static final int BYTE_ARRAY = 6;
  private static final int FIXED = 7;

  private final List<ParquetElement> elements;
  private int at = 1;

  private ParquetTypes(List<ParquetElement> elements) {
    this.elements = elements;
  }

  /// The columns of a schema, whose first element is its root.
  static Schema schema(List<ParquetElement> elements) {
    if (elements.isEmpty()) {
      throw new Corrupt("no schema");
    }
    var reader = new ParquetTypes(elements);
    Map<String, HiveType> columns = new LinkedHashMap<>();
    for (int i = 0; i < elements.getFirst().children(); i++) {
      ParquetElement element = reader.peek();
      HiveType type = reader.field(0);
      columns.merge(element.name().toLowerCase(Locale.ROOT), type, HiveType::merge);
    }
    if (reader.at != elements.size()) {
      throw new Corrupt("the schema has " + (elements.size() - reader.at) + " loose elements");
    }
    return Schema.of(columns);
  }

  private ParquetElement peek() {
    if (at >= elements.size()) {
      throw new Corrupt("the schema is cut short");
    }
    return elements.get(at);
  }

  /// A field, an array where it is repeated.
  private HiveType field(int depth) {
    boolean repeated = peek().repeated();
    HiveType type = type(depth);
    return repeated ? new HiveType.Array(type) : type;
  }

  /// A field without regard to its repetition.
  private HiveType type(int depth) {
    if (depth > DEEPEST) {
      throw new Corrupt("the schema is too deep");
    }
    ParquetElement element = peek();
    at++;
    if (element.physical() >= 0 && element.children() == 0) {
      return primitive(element);
    }
    if (is(element, 3, 3) && element.children() == 1) {
      return list(element, depth);
    }
    boolean map = is(element, 2, 1) || is(element, 2, 2);
    if (map && element.children() == 1 && peek().children() == 2) {
      at++;
      HiveType key = field(depth + 1);
      return new HiveType.MapOf(key, field(depth + 1));
    }
    return struct(element, depth);
  }

  private static boolean is(ParquetElement element, int logical, int converted) {
    ParquetElement.Logical kind = element.logical();
    return element.converted() == converted || (kind != null && kind.kind() == logical);
  }

  private HiveType list(ParquetElement list, int depth) {
    ParquetElement middle = peek();
    boolean element =
        middle.children() != 1
            || middle.name().equals("array")
            || middle.name().equals(list.name() + "_tuple");
    if (!middle.repeated() || element) {
      return new HiveType.Array(type(depth + 1));
    }
    at++;
    return new HiveType.Array(field(depth + 1));
  }

  private HiveType struct(ParquetElement group, int depth) {
    List<HiveType.Field> fields = new ArrayList<>();
    for (int i = 0; i < group.children(); i++) {
      String name = peek().name();
      fields.add(new HiveType.Field(name, field(depth + 1)));
    }
    return new HiveType.Struct(fields);
  }

  private static HiveType primitive(ParquetElement element) {
    if (is(element, 5, 5)) {
      return decimal(element);
    }
    return switch (element.physical()) {
      case BOOLEAN -> HiveType.BOOLEAN;
      case INT32 -> int32(element);
      case INT64 -> int64(element);
      case INT96 -> named("timestamp");
      case FLOAT -> named("float");
      case DOUBLE -> HiveType.DOUBLE;
      case BYTE_ARRAY -> isText(element) ? HiveType.STRING : named("binary");
      case FIXED -> named("binary");
      default -> throw new Corrupt("unknown physical type " + element.physical());
    };
  }

  private static boolean isText(ParquetElement element) {
    // UTF8, ENUM and JSON, in both numberings.
    return is(element, 1, 0) || is(element, 4, 4) || is(element, 12, 19);
  }

  private static HiveType decimal(ParquetElement element) {
    ParquetElement.Logical logical = element.logical();
    return logical != null && logical.kind() == 5
        ? decimal(logical.detail(), logical.more())
        : decimal(element.precision(), element.scale());
  }

  private static HiveType decimal(int precision, int scale) {
    return named("decimal(" + precision + "," + scale + ")");
  }

  private static HiveType int32(ParquetElement element) {
    if (is(element, 6, 6)) {
      return named("date");
    }
    // Unsigned numbers need the next wider type.
    return switch (bits(element)) {
      case 8 -> named("tinyint");
      case -8, 16 -> named("smallint");
      case -32 -> HiveType.BIGINT;
      default -> HiveType.INT;
    };
  }

  private static HiveType int64(ParquetElement element) {
    if (is(element, 8, 9) || is(element, 8, 10)) {
      return named("timestamp");
    }
    return bits(element) == -64 ? named("decimal(20,0)") : HiveType.BIGINT;
  }

  /// The bits of an annotated integer, negative where it is unsigned; 0 where there is none.
  private static int bits(ParquetElement element) {
    ParquetElement.Logical logical = element.logical();
    if (logical != null && logical.kind() == 10) {
      return logical.more() == 1 ? logical.detail() : -logical.detail();
    }
    return switch (element.converted()) {
      case 11 -> -8;
      case 12 -> -16;
      case 13 -> -32;
      case 14 -> -64;
      case 15 -> 8;
      case 16 -> 16;
      default -> 0;
    };
  }

  private static HiveType named(String name) {
    return new HiveType.Primitive(name);
  }
}
