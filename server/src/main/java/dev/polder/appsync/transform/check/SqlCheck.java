package dev.polder.appsync.transform.check;

import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import java.util.ArrayList;
import java.util.List;

/// `@sql`: without a SQL database, which cannot be configured here, there is nothing to ask.
final class SqlCheck implements Check {
  private final List<FieldUse> uses = new ArrayList<>();

  private record FieldUse(
      ImplementingTypeDefinition<?> type, FieldDefinition field, Directive directive) {}

  @Override
  public String directive() {
    return "sql";
  }

  @Override
  public void field(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive directive) {
    String place =
        " Check type \"%s\" and field \"%s\".".formatted(parent.getName(), field.getName());
    if (!parent.getName().equals("Query") && !parent.getName().equals("Mutation")) {
      throw Check.wrong(
          directive, "@sql directive can only be used on Query or Mutation types." + place);
    }
    if (directive.getArguments().isEmpty()) {
      throw Check.wrong(
          directive,
          "@sql directive must have either a 'statement' or a 'reference' argument." + place);
    }
    uses.add(new FieldUse(parent, field, directive));
  }

  @Override
  public void resolved() {
    for (FieldUse use : uses) {
      throw Check.error(
          use.directive(),
          "Error",
          "Could not find custom SQL strategy for %s.%s"
              .formatted(use.type().getName(), use.field().getName()));
    }
  }
}
