package dev.polder.appsync.transform.check;

import graphql.language.Directive;
import graphql.language.ObjectTypeDefinition;

/// `@model`.
record ModelCheck(Types types) implements Check {
  @Override
  public String directive() {
    return "model";
  }

  @Override
  public void type(ObjectTypeDefinition type, Directive directive) {
    if (types.isRoot(type.getName())) {
      throw Check.wrong(
          type,
          "'%s' is a reserved type name and currently in use within the default schema element."
              .formatted(type.getName()));
    }
  }
}
