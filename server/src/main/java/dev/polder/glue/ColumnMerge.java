package dev.polder.glue;

import dev.polder.glue.crawler.HiveType;
import dev.polder.glue.crawler.HiveType.Field;
import dev.polder.glue.crawler.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;

/// `MergeNewColumns`: adds columns, and fields within columns, and never removes or retypes any.
final class ColumnMerge {
  private ColumnMerge() {}

  /// The columns of a table with what a crawl found beyond them.
  static List<Column> merged(List<Column> present, Schema found) {
    Map<String, Column> columns = new LinkedHashMap<>();
    present.forEach(column -> columns.put(column.name().toLowerCase(Locale.ROOT), column));
    for (Schema.Column each : found.columns()) {
      Column old = columns.get(each.name());
      columns.put(each.name(), old == null ? made(each) : grown(old, each.type()));
    }
    return List.copyOf(columns.values());
  }

  private static Column made(Schema.Column column) {
    return Column.builder().name(column.name()).type(column.type().text()).build();
  }

  private static Column grown(Column old, HiveType found) {
    if (old.type() == null) {
      return old;
    }
    HiveType before = HiveType.parse(old.type());
    HiveType after = grown(before, found);
    return after.equals(before) ? old : old.toBuilder().type(after.text()).build();
  }

  private static HiveType grown(HiveType old, HiveType found) {
    return switch (old) {
      case HiveType.Struct(List<Field> fields)
          when found instanceof HiveType.Struct(List<Field> theirs) ->
          new HiveType.Struct(fields(fields, theirs));
      case HiveType.Array(HiveType element) when found instanceof HiveType.Array(HiveType theirs) ->
          new HiveType.Array(grown(element, theirs));
      case HiveType.MapOf(HiveType key, HiveType value)
          when found instanceof HiveType.MapOf(HiveType _, HiveType theirs) ->
          new HiveType.MapOf(key, grown(value, theirs));
      case HiveType.Struct _,
          HiveType.Array _,
          HiveType.MapOf _,
          HiveType.Primitive _,
          HiveType.Unseen _ ->
          old;
    };
  }

  private static List<Field> fields(List<Field> old, List<Field> found) {
    List<Field> fields = new ArrayList<>();
    for (Field field : old) {
      Field same = named(found, field.name());
      HiveType type = same == null ? field.type() : grown(field.type(), same.type());
      fields.add(new Field(field.name(), type));
    }
    for (Field field : found) {
      if (named(old, field.name()) == null) {
        fields.add(field);
      }
    }
    return fields;
  }

  private static @Nullable Field named(List<Field> fields, String name) {
    return fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst().orElse(null);
  }
}
