package dev.polder.dynamodb.expression.partiql;

import dev.polder.dynamodb.expression.Path;
import dev.polder.dynamodb.expression.Update;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A statement of PartiQL, over one table.
public sealed interface Statement {
  /// The table that the statement is about.
  String table();

  /// Reads a statement.
  ///
  /// @param parameters what its question marks stand for, in turn
  /// @throws dev.polder.dynamodb.item.ValidationException with the real service's message
  static Statement parse(String text, List<Value> parameters) {
    return StatementParser.parse(text, parameters);
  }

  /// @param index absent where the table itself is read
  /// @param columns what is asked for; empty for everything
  record Select(
      String table, @Nullable String index, List<Column> columns, Where where, List<Order> order)
      implements Statement {
    public Select {
      columns = List.copyOf(columns);
      order = List.copyOf(order);
    }

    /// What the statement asks of an item: each column by its last name, wherever it comes from.
    public Item of(Item item) {
      if (columns.isEmpty()) {
        return item;
      }
      Map<String, Value> attributes = new LinkedHashMap<>();
      for (Column column : columns) {
        Value value = column.path().in(item);
        if (value != null) {
          attributes.put(column.name(), value);
        }
      }
      return new Item(attributes);
    }
  }

  /// @param name by which the answer shows it
  record Column(Path path, String name) {}

  /// A key of `ORDER BY`.
  record Order(Path path, boolean descending) {}

  record Insert(String table, Item item) implements Statement {}

  /// Changes one item, which must exist.
  ///
  /// @param returning absent where nothing is asked for
  record Change(String table, Update update, Where where, @Nullable Returning returning)
      implements Statement {}

  /// Deletes one item, which need not exist unless conditions are asked of it.
  ///
  /// @param returning whether the item is asked for
  record Delete(String table, Where where, boolean returning) implements Statement {}

  /// Asks in a transaction whether an item is as a read says.
  record Exists(Select select) implements Statement {
    @Override
    public String table() {
      return select.table();
    }
  }

  /// What of the changed item is asked for.
  enum Returning {
    ALL_OLD,
    ALL_NEW,
    MODIFIED_OLD,
    MODIFIED_NEW
  }
}
