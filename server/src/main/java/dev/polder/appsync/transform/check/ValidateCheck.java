package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import java.util.List;
import java.util.Set;

/// `@validate`.
record ValidateCheck() implements Check {
  private static final Set<String> NUMERIC = Set.of("gt", "lt", "gte", "lte");
  private static final Set<String> LENGTHS = Set.of("minLength", "maxLength");

  @Override
  public String directive() {
    return "validate";
  }

  @Override
  public void field(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive directive) {
    if (!Types.isModel(parent)) {
      throw Check.wrong(
          directive, "@validate directive can only be used on fields within @model types.");
    }
    if (TypeRef.isList(field.getType())) {
      throw Check.wrong(
          directive,
          "@validate directive cannot be used on list field '%s'".formatted(field.getName()));
    }
    checkOrder(field, directive);
    String type = type(directive);
    for (Directive other : field.getDirectives("validate")) {
      if (other != directive && type(other).equals(type)) {
        throw Check.wrong(
            directive,
            ("Duplicate @validate directive with type '%s' on field '%s'. Each validation type can"
                    + " only be used once per field.")
                .formatted(type, field.getName()));
      }
    }
    checkType(field, directive, type);
    checkValue(field, directive, type);
  }

  private static String type(Directive directive) {
    return Arguments.of(directive).text("type", "");
  }

  private static void checkOrder(FieldDefinition field, Directive directive) {
    List<Directive> all = field.getDirectives();
    boolean early =
        all.subList(all.indexOf(directive), all.size()).stream()
            .anyMatch(one -> one.getName().equals("default"));
    if (early) {
      throw Check.wrong(
          directive, "@validate directive must be specified after @default directive");
    }
  }

  private static void checkType(FieldDefinition field, Directive directive, String type) {
    String base = TypeRef.base(field.getType());
    if (NUMERIC.contains(type) && !base.equals("Int") && !base.equals("Float")) {
      throw Check.wrong(
          directive,
          ("Validation type '%s' can only be used with numeric fields (Int, Float). Field '%s' is"
                  + " of type '%s'")
              .formatted(type, field.getName(), base));
    }
    if (!NUMERIC.contains(type) && !base.equals("String")) {
      throw Check.wrong(
          directive,
          "Validation type '%s' can only be used with 'String' fields. Field '%s' is of type '%s'"
              .formatted(type, field.getName(), base));
    }
  }

  private static void checkValue(FieldDefinition field, Directive directive, String type) {
    String value = Arguments.of(directive).text("value", "");
    if (LENGTHS.contains(type)
        && (!DefaultValues.fits("Int", value) || value.strip().startsWith("-"))) {
      throw Check.wrong(
          directive,
          "%s value must be a non-negative integer. Received '%s' for field '%s'"
              .formatted(type, value, field.getName()));
    }
    if (NUMERIC.contains(type) && !DefaultValues.fits("Float", value)) {
      throw Check.wrong(
          directive,
          "%s value must be a number. Received '%s' for field '%s'"
              .formatted(type, value, field.getName()));
    }
  }
}
