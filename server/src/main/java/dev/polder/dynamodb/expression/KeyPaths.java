package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.ValidationException;
import java.util.Collection;
import java.util.List;

/// What the paths of expressions may have to do with key attributes.
public final class KeyPaths {
  private KeyPaths() {}

  /// Refuses a path that leads into a key, for keys are no documents.
  ///
  /// @param tableKeys the names of the table's key attributes
  /// @param indexKeys the names of all its indexes' key attributes
  public static void requireScalar(
      List<Path> paths, Collection<String> tableKeys, Collection<String> indexKeys) {
    requireScalar("Key", paths, tableKeys);
    requireScalar("IndexKey", paths, indexKeys);
  }

  private static void requireScalar(String kind, List<Path> paths, Collection<String> keys) {
    for (Path path : paths) {
      if (path.nested() && keys.contains(path.attribute())) {
        throw new ValidationException(
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
                + " allowed: "
                + kind
                + ": "
                + path.attribute());
      }
    }
  }

  /// Refuses a filter of a query that reads the keys which the query has already chosen by.
  ///
  /// @param filter `Filter Expression` or `QueryFilter`
  /// @param keys the names of the key attributes of what is queried, partition key first
  public static void requireNone(String filter, List<Path> paths, Collection<String> keys) {
    for (String key : keys) {
      if (paths.stream().anyMatch(path -> path.attribute().equals(key))) {
        throw new ValidationException(
            filter + " can only contain non-primary key attributes: Primary key attribute: " + key);
      }
    }
  }
}
