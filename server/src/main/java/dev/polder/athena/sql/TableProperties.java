package dev.polder.athena.sql;

import io.trino.sql.tree.Array;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.CreateTableAsSelect;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Property;
import io.trino.sql.tree.StringLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The properties of a `WITH (...)`: texts, numbers and arrays of texts.
public final class TableProperties {
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final @Nullable String comment;

  private TableProperties(@Nullable String comment) {
    this.comment = comment;
  }

  /// Those of `CREATE TABLE ... AS`. Names are lower-case.
  ///
  /// @throws SqlFailure `INVALID_TABLE_PROPERTY` if a value is no constant
  public static TableProperties of(CreateTableAsSelect create) {
    var properties = new TableProperties(create.getComment().orElse(null));
    for (Property p : create.getProperties()) {
      if (!p.isSetToDefault()) {
        properties.values.put(
            p.getName().getValue().toLowerCase(Locale.ROOT), values(p, p.getNonDefaultValue()));
      }
    }
    return properties;
  }

  private static List<String> values(Property p, Expression value) {
    return switch (value) {
      case StringLiteral s -> List.of(s.getValue());
      case BooleanLiteral b -> List.of(Boolean.toString(b.getValue()));
      case LongLiteral l -> List.of(Long.toString(l.getParsedValue()));
      case Array a -> {
        List<String> all = new ArrayList<>();
        a.getValues().forEach(v -> all.addAll(values(p, v)));
        yield all;
      }
      default ->
          throw SqlFailure.at(
              p,
              "INVALID_TABLE_PROPERTY",
              "Invalid value for table property '" + p.getName() + "'");
    };
  }

  public Set<String> names() {
    return values.keySet();
  }

  /// The table's comment.
  public @Nullable String comment() {
    return comment;
  }

  /// A single value.
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(l -> !l.isEmpty()).map(List::getFirst);
  }

  /// All values of an array.
  public List<String> texts(String name) {
    return values.getOrDefault(name, List.of());
  }
}
