package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.expression.SetValue;
import dev.polder.dynamodb.expression.Update;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Type;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The update of an item under a condition.
///
/// @param key the item's key attributes
/// @param shown whether a refusal by the condition has the item
record UpdatedItem(Layout layout, Item key, Update update, Condition condition, boolean shown) {

  /// An update that fits a table: it leaves the key alone, and gives keys of indexes what they can
  /// be.
  static UpdatedItem of(
      Layout layout, Item key, Update update, Condition condition, boolean shown) {
    update.requireUntouched(layout.table().key().names());
    Map<String, Type> types = new HashMap<>();
    for (Update.Action action : update.actions()) {
      Type type = action.type();
      if (type != null && !action.path().nested()) {
        types.put(action.path().attribute(), type);
      }
    }
    ItemRules.requireIndexKeyTypes(layout, types);
    for (Update.Action action : update.actions()) {
      if (action instanceof Update.Action.Set(var path, SetValue.Literal(var value))
          && !path.nested()) {
        ItemRules.requireIndexKey(layout, path.attribute(), value);
      }
    }
    ItemRules.requireScalarKeys(layout, update.paths());
    ItemRules.requireScalarKeys(layout, update.sources());
    ItemRules.requireScalarKeys(layout, condition.paths());
    return new UpdatedItem(layout, key, update, condition, shown);
  }

  @Nullable Item apply(@Nullable Item before) {
    ItemOperations.require(condition, before, shown);
    if (before == null && !update.creates()) {
      return null;
    }
    Item after = before == null ? update.applyToMissing(key) : update.applyTo(before);
    ItemRules.requireUpdatedIndexKeys(layout, after);
    after.requireUpdateSize();
    return after;
  }
}
