package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// `@primaryKey`.
final class PrimaryKeyCheck implements Check {
  private final Types types;
  private final List<KeyUse> uses = new ArrayList<>();

  PrimaryKeyCheck(Types types) {
    this.types = types;
  }

  @Override
  public String directive() {
    return "primaryKey";
  }

  @Override
  public void field(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive directive) {
    KeyUse use = new KeyUse(parent, field, directive);
    use.checkNotItself();
    use.checkModel();
    for (FieldDefinition other : parent.getFieldDefinitions()) {
      if (other != field && other.hasDirective("primaryKey")) {
        throw Check.wrong(
            directive,
            "You may only supply one primary key on type '%s'.".formatted(parent.getName()));
      }
    }
    checkRequired(use, field);
    if (!types.isSingle(field.getType())) {
      throw Check.wrong(
          directive,
          "The primary key on type '%s.%s' cannot be a non-scalar."
              .formatted(parent.getName(), field.getName()));
    }
    use.sort().forEach(name -> checkSort(use, name));
    uses.add(use);
  }

  private static void checkRequired(KeyUse use, FieldDefinition field) {
    if (!TypeRef.isRequired(field.getType())) {
      throw Check.wrong(
          use.directive(),
          "The primary key on type '%s' must reference non-null fields."
              .formatted(use.type().getName()));
    }
  }

  private void checkSort(KeyUse use, String name) {
    String type = use.type().getName();
    FieldDefinition field =
        Types.field(use.type(), name)
            .orElseThrow(() ->
                Check.wrong(
                    use.directive(),
                    "Can't find field '%s' in %s, but it was specified in the primary key."
                        .formatted(name, type)));
    if (!types.isSingle(field.getType())) {
      throw Check.wrong(
          use.directive(),
          "The primary key's sort key on type '%s.%s' cannot be a non-scalar."
              .formatted(type, name));
    }
    checkRequired(use, field);
    if (isOwner(use.type(), name)) {
      throw Check.wrong(
          use.directive(),
          ("The primary key's sort key type '%s' cannot be used as an owner @auth field too. Please"
                  + " use another field for the sort key.")
              .formatted(name));
    }
  }

  /// An owner that is known by two claims is stored as both together, which a key cannot be.
  private boolean isOwner(ImplementingTypeDefinition<?> type, String field) {
    if (!types.options().flag("useSubUsernameForDefaultIdentityClaim", true)) {
      return false;
    }
    return type.getDirectives().stream()
        .filter(directive -> directive.getName().equals("auth"))
        .findFirst()
        .map(Arguments::of)
        .map(given -> given.objects("rules"))
        .orElse(List.of())
        .stream()
        .filter(rule -> Objects.equals(rule.text("allow"), "owner"))
        .filter(rule -> rule.text("identityClaim", "sub::username").contains("::"))
        .anyMatch(rule -> rule.text("ownerField", "owner").equals(field));
  }

  @Override
  public void generated() {
    uses.forEach(KeyUse::checkCondition);
  }

  @Override
  public void resolved() {
    uses.forEach(KeyUse::checkAttributes);
  }
}
