package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.Node;
import graphql.language.ObjectTypeDefinition;
import org.jspecify.annotations.Nullable;

/// The checks of a directive. Amplify applies its directives in steps, each for all directives in
/// their order; what a later step would find, an earlier finding hides.
interface Check {

  /// The directive's name.
  String directive();

  /// True if the directive may be on fields of extensions of the roots.
  default boolean onExtensions() {
    return false;
  }

  /// Looks at a use of the directive on a type.
  default void type(ObjectTypeDefinition type, Directive directive) {}

  /// Looks at a use of the directive on a field.
  default void field(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive directive) {}

  /// Looks at all uses together.
  default void together() {}

  /// Looks at the names that fields have in storage.
  default void prepared() {}

  /// Looks at what becomes of the schema.
  default void generated() {}

  /// Looks at what becomes of tables and resolvers.
  default void resolved() {}

  /// A directive that is used wrongly.
  static SchemaException wrong(@Nullable Node<?> at, String message) {
    return new SchemaException(Problem.directive(at, message));
  }

  /// A field that another directive resolves already.
  static SchemaException resolvedBefore(
      Node<?> at, ImplementingTypeDefinition<?> type, FieldDefinition field) {
    return error(
        at,
        "Error",
        "A resolver for typeName %s fieldName: %s already exists"
            .formatted(type.getName(), field.getName()));
  }

  /// Another error of Amplify's, by its name.
  static SchemaException error(@Nullable Node<?> at, String kind, String message) {
    return new SchemaException(Problem.at(at, kind, message));
  }
}
