package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import dev.polder.appsync.transform.check.RelationCheck.Kind;
import dev.polder.appsync.transform.check.RelationCheck.Relation;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A relation by `references`: the fields of the child that hold the parent's key, named on both
/// sides.
final class ReferencesCheck {
  private static final Set<String> TEXT = Set.of("ID", "String");

  private final Types types;
  private final Relation relation;
  private final Kind kind;
  private final ImplementingTypeDefinition<?> parent;
  private final ImplementingTypeDefinition<?> child;
  private final List<String> references;

  ReferencesCheck(Types types, Relation relation, Kind kind) {
    this.types = types;
    this.relation = relation;
    this.kind = kind;
    this.parent = kind == Kind.BELONGS_TO ? relation.related() : relation.from();
    this.child = kind == Kind.BELONGS_TO ? relation.from() : relation.related();
    this.references = relation.arguments().texts("references");
  }

  void check() {
    checkIndexName();
    checkReferences();
    checkNullable();
    List<FieldDefinition> fields =
        references.stream().map(name -> Types.field(child, name).orElseThrow()).toList();
    if (kind != Kind.BELONGS_TO) {
      checkSameNullability(fields);
    }
    checkOtherSide();
    checkTypes(fields);
  }

  private void checkIndexName() {
    if (relation.arguments().text("indexName") != null) {
      throw Check.error(
          relation.directive(),
          "Error",
          "Invalid @%s directive on %s - indexName is not supported with DynamoDB references."
              .formatted(relation.name(), relation.place()));
    }
  }

  private void checkReferences() {
    if (Keys.primary(parent, relation.directive()).size() != references.size()) {
      throw Check.wrong(
          relation.directive(),
          "The number of references provided to @%s must match the number of primary keys on %s."
              .formatted(relation.name(), parent.getName()));
    }
    for (String name : references) {
      FieldDefinition field =
          Types.field(child, name)
              .orElseThrow(() ->
                  Check.wrong(
                      relation.directive(),
                      "%s is not a field in %s".formatted(name, child.getName())));
      if (!types.isScalarOrEnum(field.getType())) {
        throw Check.wrong(
            relation.directive(),
            "All reference fields provided to @%s must be scalar or enum fields."
                .formatted(relation.name()));
      }
    }
  }

  /// A relation can always come to nothing, so its field may not be required.
  private void checkNullable() {
    String type = relation.related().getName();
    String plain = kind == Kind.HAS_MANY ? "[" + type + "]" : type;
    if (relation.field().getType() instanceof NonNullType) {
      throw required(plain + "!", plain);
    }
    if (relation.field().getType() instanceof ListType list
        && list.getType() instanceof NonNullType) {
      throw required(kind == Kind.HAS_MANY ? "[" + type + "!]" : type + "!", plain);
    }
  }

  private RuntimeException required(String is, String should) {
    return Check.wrong(
        relation.directive(),
        "@%s fields must not be required. Change '%s: %s' to '%s: %s'"
            .formatted(relation.name(), relation.place(), is, relation.place(), should));
  }

  private void checkSameNullability(List<FieldDefinition> fields) {
    boolean first = TypeRef.isRequired(fields.getFirst().getType());
    if (fields.stream().allMatch(field -> TypeRef.isRequired(field.getType()) == first)) {
      return;
    }
    throw Check.wrong(
        relation.directive(),
        ("Reference fields defined on related type: '%s' for @%s(references: [%s]) %s relationship"
                + " have inconsistent nullability.\n"
                + "Required fields: %s\n"
                + "Nullable fields: %s\n"
                + "Update reference fields on type '%s' to have consistent nullability -- either"
                + " all required or all nullable.")
            .formatted(
                child.getName(),
                relation.name(),
                references.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")),
                relation.place(),
                named(fields, true),
                named(fields, false),
                child.getName()));
  }

  private static String named(List<FieldDefinition> fields, boolean required) {
    return fields.stream()
        .filter(field -> TypeRef.isRequired(field.getType()) == required)
        .map(field -> "'" + field.getName() + "'")
        .collect(Collectors.joining(", "));
  }

  private void checkOtherSide() {
    List<String> others =
        kind == Kind.BELONGS_TO ? List.of("hasOne", "hasMany") : List.of("belongsTo");
    boolean found = false;
    for (FieldDefinition field : relation.related().getFieldDefinitions()) {
      if (TypeRef.base(field.getType()).equals(relation.from().getName())) {
        found |= matches(field, others);
      }
    }
    if (!found) {
      throw Check.wrong(
          relation.directive(),
          ("Uni-directional relationships are not supported. Add a %s field in %s to match the @%s"
                  + " field %s, and ensure the number and type of reference fields match the number"
                  + " and type of primary key fields in %s.")
              .formatted(
                  others.stream().map(name -> "@" + name).collect(Collectors.joining(" or ")),
                  relation.related().getName(),
                  relation.name(),
                  relation.place(),
                  parent.getName()));
    }
  }

  private boolean matches(FieldDefinition field, List<String> others) {
    Directive other =
        field.getDirectives().stream()
            .filter(directive -> others.contains(directive.getName()))
            .findFirst()
            .orElse(null);
    if (other == null) {
      return false;
    }
    Arguments given = Arguments.of(other);
    if (!given.has("references")) {
      throw Check.error(other, "TypeError", "Cannot read properties of undefined (reading 'kind')");
    }
    return given.texts("references").equals(references);
  }

  private void checkTypes(List<FieldDefinition> fields) {
    List<FieldDefinition> keys = Keys.primary(parent, relation.directive());
    for (int i = 0; i < keys.size(); i++) {
      FieldDefinition key = keys.get(i);
      FieldDefinition field = fields.get(i);
      if (TypeRef.isList(key.getType()) || TypeRef.isList(field.getType())) {
        throw Check.error(
            relation.directive(),
            "TypeError",
            "Cannot read properties of undefined (reading 'value')");
      }
      String expected = TypeRef.base(key.getType());
      String found = TypeRef.base(field.getType());
      if (!expected.equals(found) && !(TEXT.contains(expected) && TEXT.contains(found))) {
        throw Check.wrong(
            relation.directive(),
            ("Type mismatch between primary key field(s) of %s and reference fields of %s. Type of"
                    + " %s.%s does not match type of %s.%s")
                .formatted(
                    parent.getName(),
                    child.getName(),
                    parent.getName(),
                    key.getName(),
                    child.getName(),
                    field.getName()));
      }
    }
  }
}
