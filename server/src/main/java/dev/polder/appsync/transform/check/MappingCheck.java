package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.Optional;

/// `@mapsTo` and `@refersTo`: another name in the storage. The second is for SQL databases only,
/// which are not served.
record MappingCheck(Types types, String directive) implements Check {
  static final String REFERS_TO = "refersTo";

  @Override
  public void type(ObjectTypeDefinition type, Directive use) {
    checkModel(type, use);
    if (directive.equals(REFERS_TO)) {
      throw notSql(type, use);
    }
    String name = name(use);
    Optional<ObjectTypeDefinition> taken = types.object(name).filter(Types::isModel);
    if (taken.isPresent()) {
      throw Check.wrong(
          use,
          "Cannot apply @%s with name \"%s\" on type \"%s\" because \"%s\" model already exists in the schema."
              .formatted(directive, name, type.getName(), name));
    }
    for (ObjectTypeDefinition other : types.objects()) {
      boolean same =
          other != type
              && other.getDirectives(directive).stream()
                  .anyMatch(one -> name.equals(Arguments.of(one).text("name")));
      if (same) {
        throw Check.wrong(
            use,
            "Cannot apply @%s with name \"%s\" on type \"%s\" because \"%s\" model already has the same name mapping."
                .formatted(directive, name, type.getName(), other.getName()));
      }
    }
  }

  private static String name(Directive use) {
    return Arguments.of(use).value("name") instanceof String name ? name : "";
  }

  @Override
  public void field(ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive use) {
    if (parent instanceof InterfaceTypeDefinition) {
      throw Check.wrong(
          use,
          "@refersTo directive cannot be placed on \"%s\" interface's %s field."
              .formatted(parent.getName(), field.getName()));
    }
    checkModel(parent, use);
    throw notSql(parent, use);
  }

  private void checkModel(ImplementingTypeDefinition<?> type, Directive use) {
    if (!Types.isModel(type)) {
      throw Check.wrong(
          use,
          "@%s is not supported on type %s. It can only be used on a @model type."
              .formatted(directive, type.getName()));
    }
  }

  private static RuntimeException notSql(ImplementingTypeDefinition<?> type, Directive use) {
    return Check.error(
        use,
        "Error",
        "@refersTo is only supported on SQL models. %s is not a SQL model."
            .formatted(type.getName()));
  }
}
