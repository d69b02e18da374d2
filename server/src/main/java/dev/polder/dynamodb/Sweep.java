package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.expression.KeyConditions;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.kernel.LargeTransactions;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The deletion of all items that a key condition finds in a table or an index, as one action of a
/// transaction. Only callers within the process can ask for it: see [LargeTransactions].
///
/// What it finds lies in one range of the store. If that is many, the range is deleted as a whole.
///
/// @param indexName null for the table itself
record Sweep(String tableName, @Nullable String indexName, KeyConditions conditions)
    implements Action {
  private static final String INDEX = "/index/";
  // Deleting a range is one record in the store's log and its tables, and every reader has to look
  // at it until it is merged: not worth it for a few keys.
  private static final int WORTH_A_RANGE = 64;

  /// What is to be deleted.
  ///
  /// @param emptied the range of which nothing is left; null where it is not worth it
  record Findings(List<Step> steps, @Nullable KeyRange emptied) {}

  /// True if an action asks for a sweep rather than for the deletion of one item.
  static boolean isAskedBy(TransactWriteItem item) {
    Delete delete = item.delete();
    return LargeTransactions.allowed()
        && delete != null
        && delete.hasKey()
        && delete.key().isEmpty();
  }

  static Sweep read(Scope scope, Delete delete) {
    String target = delete.tableName();
    int index = target.indexOf(INDEX);
    String table = index < 0 ? target : target.substring(0, index);
    Expressions expressions =
        Requests.expressions(
            Requests.given(delete.hasExpressionAttributeNames(), delete.expressionAttributeNames()),
            Requests.given(
                delete.hasExpressionAttributeValues(), delete.expressionAttributeValues()));
    KeyConditions conditions = expressions.keyCondition(delete.conditionExpression()).conditions();
    expressions.requireAllUsed();
    return new Sweep(
        String.valueOf(TableOperations.name(scope, table)),
        index < 0 ? null : target.substring(index + INDEX.length()),
        conditions);
  }

  @Override
  public int size() {
    return 0;
  }

  /// What there is to delete, while nobody else can change items of the table.
  ///
  /// @param isOthers whether the item at this place is deleted by another action anyway
  /// @throws ValidationException if the condition does not fit the table
  Findings find(Store store, OpenTable table, Predicate<Key> isOthers) {
    Layout layout = table.layout();
    Source source = Source.of(layout, indexName);
    source.requireFilled();
    KeyRange range = source.range(conditions.query(source.key()), true, null);
    List<Scan.Entry> entries = new ArrayList<>();
    try (Scan scan = store.scan(range)) {
      scan.forEachRemaining(entries::add);
    }
    Space emptied = entries.size() < WORTH_A_RANGE ? null : source.space();
    List<Step> steps = new ArrayList<>(entries.size());
    for (Scan.Entry entry : entries) {
      Key item = indexName == null ? entry.key() : item(layout, source.space(), entry);
      byte[] stored = source.isWhole() ? entry.value() : store.get(item);
      if (stored != null && !isOthers.test(item)) {
        steps.add(Step.deletion(table, item, new Step.Found(stored, emptied)));
      }
    }
    return new Findings(steps, emptied == null ? null : range);
  }

  private static Key item(Layout layout, Space index, Scan.Entry entry) {
    Key told = index.item(entry.key(), layout.items());
    if (told != null) {
      return told;
    }
    Key found = layout.items().find(ItemEncoding.decode(entry.value()));
    if (found == null) {
      throw new IllegalStateException("An entry of an index without its item's key");
    }
    return found;
  }
}
