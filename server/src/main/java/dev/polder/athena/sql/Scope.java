package dev.polder.athena.sql;

import io.trino.sql.tree.Node;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fields that names can mean at one place of a statement.
///
/// @param outer what encloses a subquery
record Scope(List<Field> fields, @Nullable Scope outer) {
  Scope {
    fields = List.copyOf(fields);
  }

  static Scope empty() {
    return new Scope(List.of(), null);
  }

  /// The field that a name of one to four parts means.
  ///
  /// @param parts lower-case; the last is the column
  Optional<Field> find(Node at, List<String> parts) {
    List<Field> found = fields.stream().filter(f -> matches(f, parts)).toList();
    if (found.size() > 1) {
      throw SqlFailure.at(
          at, "AMBIGUOUS_NAME", "Column '" + String.join(".", parts) + "' is ambiguous");
    }
    if (found.isEmpty()) {
      return outer == null ? Optional.empty() : outer.find(at, parts);
    }
    return Optional.of(found.getFirst());
  }

  /// True if a relation of this scope goes by this name.
  List<Field> of(List<String> relation) {
    return fields.stream().filter(f -> qualified(f, relation)).toList();
  }

  private static boolean matches(Field f, List<String> parts) {
    return parts.getLast().equals(f.name()) && qualified(f, parts.subList(0, parts.size() - 1));
  }

  private static boolean qualified(Field f, List<String> qualifier) {
    return switch (qualifier.size()) {
      case 0 -> true;
      case 1 -> qualifier.get(0).equals(f.relation());
      case 2 -> qualifier.get(1).equals(f.relation()) && qualifier.get(0).equals(f.database());
      default ->
          qualifier.size() == 3
              && qualifier.get(0).equals("awsdatacatalog")
              && qualified(f, qualifier.subList(1, 3));
    };
  }
}
