package dev.polder.appsync.run;

import dev.polder.appsync.api.Model;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// A mutation of one object that has been checked and not yet been done.
///
/// @param key of the object
/// @param object what the mutation answers, if that is known beforehand; null for an update, whose
///   object is read afterwards, and for nothing
/// @param main the change of the object itself; null if there is nothing to do
/// @param others changes that must happen with it: children, and values that must stay unique
record Write(
    Kind kind,
    Model model,
    Map<String, AttributeValue> key,
    @Nullable Map<String, @Nullable Object> object,
    @Nullable TransactWriteItem main,
    List<Other> others) {

  /// What is done to the object.
  enum Kind {
    CREATE,
    UPDATE,
    DELETE
  }

  /// A change beside the main one.
  ///
  /// @param taken the field whose value another object has, if this change is refused; null if the
  ///   refusal has another reason
  record Other(TransactWriteItem item, @Nullable String taken) {}

  /// Nothing to do: there is no such object.
  static Write nothing(Model model, Map<String, AttributeValue> key) {
    return new Write(Kind.DELETE, model, key, null, null, List.of());
  }
}
