package dev.polder.appsync.run;

import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.Resolver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The extension `onDelete: CASCADE`: what is deleted with an object, in the same transaction, and
/// with those in turn.
///
/// Children that have nothing of their own to be deleted with them are not even read: the table
/// engine finds and deletes them. A child that is created after its parent was deleted stays
/// behind, as it would with any reference to a parent that is not there; nothing forbids those.
final class Cascades {
  private final ServedApi api;
  private final Reads reads;
  private final UniqueValues unique;

  Cascades(ServedApi api, Reads reads, UniqueValues unique) {
    this.api = api;
    this.reads = reads;
    this.unique = unique;
  }

  private record Place(String type, Map<String, AttributeValue> key) {}

  /// The deletions that go with that of an object, which is not among them.
  List<Write.Other> of(
      Calls calls,
      Model model,
      Map<String, AttributeValue> key,
      Map<String, @Nullable Object> stored) {
    List<Write.Other> deletions = new ArrayList<>();
    Set<Place> seen = new HashSet<>();
    seen.add(new Place(model.type(), key));
    add(calls, model, stored, seen, deletions);
    return deletions;
  }

  private void add(
      Calls calls,
      Model parent,
      Map<String, @Nullable Object> stored,
      Set<Place> seen,
      List<Write.Other> deletions) {
    for (Model.Cascade cascade : parent.cascades()) {
      Resolver.Children children = cascade.children();
      List<Object> values = Fields.values(children.from(), stored);
      if (values == null) {
        continue;
      }
      Model model = api.model(children.model());
      if (model.unique().isEmpty() && model.cascades().isEmpty()) {
        deletions.add(new Write.Other(reads.deletion(children, values), null));
        continue;
      }
      for (var item : reads.items(calls, children, values)) {
        Map<String, AttributeValue> key = Batches.keyOf(model, item);
        if (seen.add(new Place(model.type(), key))) {
          Map<String, @Nullable Object> child = Values.object(model, item);
          deletions.add(new Write.Other(delete(model, key), null));
          deletions.addAll(unique.freed(model, child));
          add(calls, model, child, seen, deletions);
        }
      }
    }
  }

  private TransactWriteItem delete(Model model, Map<String, AttributeValue> key) {
    return TransactWriteItem.builder()
        .delete(Delete.builder().tableName(api.table(model)).key(key).build())
        .build();
  }
}
