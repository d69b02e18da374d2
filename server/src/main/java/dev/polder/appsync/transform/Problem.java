package dev.polder.appsync.transform;

import graphql.language.Node;
import graphql.language.SourceLocation;
import org.jspecify.annotations.Nullable;

/// What is wrong with a schema, and where.
///
/// @param kind the error as Amplify names it, such as `InvalidDirectiveError`
/// @param line from 1; 0 where no place can be named
/// @param column from 1; 0 where no place can be named
public record Problem(String kind, String message, int line, int column) {

  /// A problem at a node of the parsed schema.
  public static Problem at(@Nullable Node<?> node, String kind, String message) {
    SourceLocation place = node == null ? null : node.getSourceLocation();
    return place == null
        ? new Problem(kind, message, 0, 0)
        : new Problem(kind, message, place.getLine(), place.getColumn());
  }

  /// A directive that is used wrongly.
  public static Problem directive(@Nullable Node<?> node, String message) {
    return at(node, "InvalidDirectiveError", message);
  }

  @Override
  public String toString() {
    String place = line == 0 ? "" : " (line " + line + ", column " + column + ")";
    return kind + ": " + message + place;
  }
}
