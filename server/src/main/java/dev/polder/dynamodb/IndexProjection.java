package dev.polder.dynamodb;

import java.util.List;
import java.util.Set;

/// Which attributes an index copies.
///
/// @param included those beside the keys, where the kind says so
record IndexProjection(Kind kind, List<String> included) {

  /// The kinds of projection by their names on the wire.
  enum Kind {
    /// Whole items.
    ALL,
    /// The keys and some more attributes.
    INCLUDE,
    /// The keys of index and table.
    KEYS_ONLY
  }

  IndexProjection {
    included = List.copyOf(included);
  }

  /// True if an index with the other projection has the same attributes.
  boolean copiesAs(IndexProjection other) {
    return kind == other.kind && Set.copyOf(included).equals(Set.copyOf(other.included));
  }
}
