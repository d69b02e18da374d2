package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.TransformOptions;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who may do what with each field of a model.
final class RoleMatrix {
  private final ImplementingTypeDefinition<?> type;
  private final String ownerClaim;
  private final Map<String, Map<String, Set<String>>> roles = new LinkedHashMap<>();
  private final Set<String> severalClaims = new LinkedHashSet<>();

  RoleMatrix(ImplementingTypeDefinition<?> type, TransformOptions options) {
    this.type = type;
    this.ownerClaim =
        options.flag("useSubUsernameForDefaultIdentityClaim", true) ? "sub::username" : "username";
  }

  /// The fields that name owners by several claims together.
  Set<String> ownersBySeveralClaims() {
    return Collections.unmodifiableSet(severalClaims);
  }

  private void note(AuthRuleUse rule) {
    if (rule.allow().equals("owner")
        && rule.written().text("identityClaim", ownerClaim).contains("::")) {
      severalClaims.add(rule.written().text("ownerField", "owner"));
    }
  }

  ImplementingTypeDefinition<?> type() {
    return type;
  }

  /// Lets a rule's callers do its operations with all fields.
  void allow(AuthRuleUse rule, Directive directive) {
    checkOperations(rule, directive);
    note(rule);
    for (String role : rule.roles(type.getName(), ownerClaim)) {
      if (roles.containsKey(role)) {
        throw Check.wrong(
            directive, "@auth %s already exists for %s".formatted(role, type.getName()));
      }
      Map<String, Set<String>> fields = new HashMap<>();
      for (FieldDefinition field : type.getFieldDefinitions()) {
        fields.put(field.getName(), rule.operations());
      }
      roles.put(role, fields);
    }
  }

  /// Lets a rule's callers do its operations with one field.
  void allow(AuthRuleUse rule, Directive directive, String field) {
    checkOperations(rule, directive);
    note(rule);
    for (String role : rule.roles(type.getName(), ownerClaim)) {
      roles.computeIfAbsent(role, _ -> new HashMap<>()).put(field, rule.operations());
    }
  }

  /// Only one `read` is spelt out.
  private static void checkOperations(AuthRuleUse rule, Directive directive) {
    if (rule.operations().contains("read")) {
      throw Check.error(
          directive, "TransformerContractError", "Operation: read does not exist in the ACM.");
    }
  }

  /// Forgets what was allowed with a field.
  void reset(String field) {
    roles.values().forEach(fields -> fields.remove(field));
  }

  private boolean may(String role, String field, String operation) {
    return roles.getOrDefault(role, Map.of()).getOrDefault(field, Set.of()).contains(operation);
  }

  /// The required fields that some who may get objects may not read.
  List<String> hiddenRequired() {
    List<String> readers =
        roles.keySet().stream()
            .filter(role ->
                type.getFieldDefinitions().stream()
                    .anyMatch(field -> may(role, field.getName(), "get")))
            .toList();
    List<String> hidden = new ArrayList<>();
    for (FieldDefinition field : type.getFieldDefinitions()) {
      boolean someMayNot =
          asking(readers, field.getName()).stream()
              .anyMatch(role ->
                  AuthRuleUse.READING.stream()
                      .noneMatch(operation -> may(role, field.getName(), operation)));
      if (someMayNot && TypeRef.isRequired(field.getType()) && !isPaged(field)) {
        hidden.add(field.getName());
      }
    }
    return hidden;
  }

  /// A list of objects becomes a page of them, which is never required.
  private static boolean isPaged(FieldDefinition field) {
    return field.hasDirective("hasMany") || field.hasDirective("manyToMany");
  }

  /// Where every user of a provider may read, rules for some of them say nothing.
  private List<String> asking(List<String> readers, String field) {
    List<String> asking = new ArrayList<>(readers);
    for (String provider : List.of("userPools", "oidc")) {
      String all = type.getName() + ":" + provider + ":private";
      boolean open =
          readers.contains(all)
              && AuthRuleUse.READING.stream().allMatch(operation -> may(all, field, operation));
      if (open) {
        String start = type.getName() + ":" + provider + ":";
        asking.removeIf(role -> role.startsWith(start) && !role.equals(all));
      }
    }
    return asking;
  }
}
