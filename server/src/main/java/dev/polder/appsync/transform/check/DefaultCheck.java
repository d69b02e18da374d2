package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;

/// `@default`.
record DefaultCheck(Types types) implements Check {
  @Override
  public String directive() {
    return "default";
  }

  @Override
  public void field(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive directive) {
    if (!Types.isModel(parent)) {
      throw Check.wrong(
          directive,
          "The @default directive may only be added to object definitions annotated with @model.");
    }
    if (!types.isSingle(field.getType())) {
      throw Check.wrong(
          directive, "The @default directive may only be added to scalar or enum field types.");
    }
    if (directive.getArguments().isEmpty()) {
      throw Check.wrong(
          directive,
          "The @default directive requires a value property on non-Postgres datasources.");
    }
    if (!(Arguments.of(directive).value("value") instanceof String value)) {
      throw Check.wrong(directive, "The @default directive does not support null values.");
    }
    checkValue(field, directive, value);
  }

  private void checkValue(FieldDefinition field, Directive directive, String value) {
    String base = TypeRef.base(field.getType());
    if (types.isEnum(base)) {
      if (!types.enumValues(base).contains(value)) {
        throw Check.wrong(
            directive, "Default value \"%s\" is not a member of %s enum.".formatted(value, base));
      }
    } else if (!DefaultValues.fits(base, value)) {
      throw Check.wrong(
          directive, "Default value \"%s\" is not a valid %s.".formatted(value, base));
    }
  }
}
