package dev.polder.dynamodb;

import dev.polder.dynamodb.TransactionAction.Kind;
import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.Path;
import dev.polder.dynamodb.expression.partiql.Statement;
import dev.polder.dynamodb.expression.partiql.Where;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.store.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statements that write.
final class StatementWrite {
  private static final String NOT_HERE =
      "EXISTS can only be used in ExecuteTransaction write requests.";
  private static final String CHECK_ONE =
      "EXISTS() must contain a single item read with additional condition";

  private StatementWrite() {}

  /// What a statement does to an item.
  ///
  /// @param shown whether a refusal by the condition has the item
  /// @throws ValidationException unless the statement is about one item of the table
  static TransactionAction action(Statement statement, Layout layout, boolean shown) {
    KeySchema key = layout.table().key();
    return switch (statement) {
      case Statement.Insert(var table, var item) -> {
        item.requirePutSize();
        yield new TransactionAction(Kind.INSERT, table, item, null, Condition.ALWAYS, shown);
      }
      case Statement.Change(var table, var update, var where, _) -> {
        Where.Target target = where.target(key);
        Condition present = new Condition.Exists(Path.of(key.partition().name()));
        yield new TransactionAction(
            Kind.UPDATE,
            table,
            target.key(),
            update,
            new Condition.All(List.of(present, target.rest())),
            shown);
      }
      case Statement.Delete(var table, var where, _) -> {
        Where.Target target = where.target(key);
        yield new TransactionAction(Kind.DELETE, table, target.key(), null, target.rest(), shown);
      }
      case Statement.Exists(var select) -> {
        Where.Target target = checked(select, key);
        yield new TransactionAction(
            Kind.CHECK, select.table(), target.key(), null, target.rest(), shown);
      }
      case Statement.Select _ ->
          throw new IllegalArgumentException("A statement that reads is none that writes");
    };
  }

  /// The item that `EXISTS` asks about, and what it asks.
  static Where.Target checked(Statement.Select select, KeySchema key) {
    if (select.index() != null) {
      throw new ValidationException("Operations on indices are not supported in transactions");
    }
    return select
        .where()
        .find(key)
        .filter(target -> !target.rest().equals(Condition.ALWAYS))
        .orElseThrow(() -> new ValidationException(CHECK_ONE));
  }

  /// Refuses what has its place in transactions only.
  static void requireNoCheck(Statement statement) {
    if (statement instanceof Statement.Exists) {
      throw new ValidationException(NOT_HERE);
    }
  }

  /// Whether a statement asks for the item that it changes.
  static boolean returns(Statement statement) {
    return statement instanceof Statement.Change change && change.returning() != null
        || statement instanceof Statement.Delete delete && delete.returning();
  }

  /// Carries a statement out by itself.
  static Outcome write(Writer writer, OpenTable table, Statement statement, boolean shown) {
    TransactionAction action = action(statement, table.layout(), shown);
    Key key = action.place(table.layout());
    return writer.write(new Step(table, key, action.change(table.layout())));
  }

  /// What a statement answers of the item that it has changed; null where it is nothing.
  static @Nullable Item returned(Statement statement, Outcome outcome) {
    Item before = outcome.before();
    Item after = outcome.after();
    if (statement instanceof Statement.Delete delete) {
      return delete.returning() ? before : null;
    }
    if (!(statement instanceof Statement.Change change) || change.returning() == null) {
      return null;
    }
    Item returned =
        switch (change.returning()) {
          case ALL_OLD -> before;
          case ALL_NEW -> after;
          case MODIFIED_OLD -> before == null ? null : change.update().touched().of(before);
          case MODIFIED_NEW -> after == null ? null : change.update().touched().of(after);
        };
    return returned == null || returned.isEmpty() ? null : returned;
  }
}
