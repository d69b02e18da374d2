package dev.polder.dynamodb;

import dev.polder.dynamodb.item.ValidationException;
import java.util.function.Supplier;

/// How an operation words what is wrong with a request by itself, before any table is looked up.
///
/// The real service says it in one of three ways, as measured in October 2026 in most regions; in
/// some it says everything in older words.
enum Wording {
  /// In newer words, behind `1 validation error detected: `: PutItem, UpdateItem, DeleteItem.
  COUNTED,
  /// In newer words: GetItem, BatchGetItem, Query.
  CURRENT,
  /// In older words: BatchWriteItem, TransactWriteItems, TransactGetItems, Scan.
  OLDER;

  /// Reads a request, or a part of one.
  ///
  /// @throws ValidationException in the right words
  <T> T read(Supplier<T> request) {
    try {
      return request.get();
    } catch (ValidationException e) {
      throw new ValidationException(say(e));
    }
  }

  /// The same of what is read into its place.
  void check(Runnable request) {
    var _ =
        read(() -> {
          request.run();
          return true;
        });
  }

  private String say(ValidationException e) {
    return switch (this) {
      case COUNTED -> "1 validation error detected: " + e.current();
      case CURRENT -> e.current();
      case OLDER -> e.reason();
    };
  }
}
