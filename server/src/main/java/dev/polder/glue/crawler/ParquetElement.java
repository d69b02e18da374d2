package dev.polder.glue.crawler;

import dev.polder.glue.crawler.CompactThrift.Corrupt;
import dev.polder.glue.crawler.CompactThrift.Field;
import org.jspecify.annotations.Nullable;

/// One node of a Parquet schema as the footer lists it, in depth-first order; see `SchemaElement`
/// in https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
///
/// @param physical the number of the physical type; -1 for a group
/// @param repeated whether its repetition is `REPEATED`
/// @param children how many of the following subtrees belong to it
/// @param converted the number of the converted type; -1 for none
/// @param logical null where the file is too old to have one
record ParquetElement(
    String name,
    int physical,
    boolean repeated,
    int children,
    int converted,
    int scale,
    int precision,
    @Nullable Logical logical) {

  /// @param kind the number of the member of the union
  /// @param detail precision, or bits of an integer
  /// @param more scale, or 1 for a signed integer
  record Logical(int kind, int detail, int more) {}

  static ParquetElement read(CompactThrift in) {
    var element = new Draft();
    int id = 0;
    for (Field field = in.field(id); !field.ends(); field = in.field(id)) {
      id = field.id();
      element.field(in, field);
    }
    return element.done();
  }

  /// An element while it is read.
  private static final class Draft {
    private @Nullable String name;
    private int physical = -1;
    private boolean repeated;
    private int children;
    private int converted = -1;
    private int scale;
    private int precision;
    private @Nullable Logical logical;

    void field(CompactThrift in, Field field) {
      switch (field.id()) {
        case 1 -> physical = in.i32();
        case 3 -> repeated = in.i32() == 2;
        case 4 -> name = in.string();
        case 5 -> children = in.i32();
        case 6 -> converted = in.i32();
        case 7 -> scale = in.i32();
        case 8 -> precision = in.i32();
        case 10 -> logical = logical(in);
        default -> in.skip(field.type());
      }
    }

    private static @Nullable Logical logical(CompactThrift in) {
      Logical found = null;
      int id = 0;
      for (Field field = in.field(id); !field.ends(); field = in.field(id)) {
        id = field.id();
        if (field.type() != CompactThrift.STRUCT) {
          throw new Corrupt("a logical type is no struct");
        }
        found = details(in, id);
      }
      return found;
    }

    private static Logical details(CompactThrift in, int kind) {
      int first = 0;
      int second = 0;
      int id = 0;
      for (Field field = in.field(id); !field.ends(); field = in.field(id)) {
        id = field.id();
        switch (field.type()) {
          case CompactThrift.I32 -> {
            int value = in.i32();
            first = id == 2 ? value : first;
            second = id == 1 ? value : second;
          }
          case CompactThrift.BYTE -> first = in.i8();
          case CompactThrift.TRUE -> second = 1;
          default -> in.skip(field.type());
        }
      }
      return new Logical(kind, first, second);
    }

    ParquetElement done() {
      if (name == null || children < 0) {
        throw new Corrupt("a column has no name");
      }
      return new ParquetElement(
          name, physical, repeated, children, converted, scale, precision, logical);
    }
  }
}
