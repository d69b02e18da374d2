package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A model of the first generation with its rules. Those of a field are checked beside the type's
/// where the field is named, not in their place.
final class GuardedType {
  private final Set<String> lists;
  private final List<AuthRule> type;
  private final Map<String, List<AuthRule>> fields;

  /// @param lists the fields that are lists
  /// @param type the rules of the type
  /// @param fields those of fields, in the order of the schema
  GuardedType(Set<String> lists, List<AuthRule> type, Map<String, List<AuthRule>> fields) {
    this.lists = Set.copyOf(lists);
    this.type = List.copyOf(type);
    this.fields = new LinkedHashMap<>(fields);
  }

  private Guard guard(List<AuthRule> rules, Operation operation) {
    return new Guard(
        rules.stream().filter(rule -> rule.operations().contains(operation)).toList(), lists);
  }

  /// Before an operation on objects.
  Guard of(Operation operation) {
    return guard(type, operation);
  }

  /// Before a subscription is opened: groups that objects name are not known by then.
  Guard ofSubscription() {
    Guard all = of(Operation.LISTEN);
    return new Guard(
        all.rules().stream().filter(rule -> rule.groupsField() == null).toList(), lists);
  }

  /// Before a field is read. What the rules call `read` without naming queries is `SYNC` here.
  Guard ofReading(String field) {
    return guard(fields.getOrDefault(field, List.of()), Operation.SYNC);
  }

  /// Before objects are created from an input: the fields that it names, the last of the schema
  /// first, then the type.
  List<Guard> ofCreation(Map<String, @Nullable Object> input) {
    List<Guard> guards = new ArrayList<>();
    List.copyOf(fields.keySet()).reversed().stream()
        .filter(input::containsKey)
        .forEach(field -> guards.add(ofField(field, Operation.CREATE)));
    guards.add(of(Operation.CREATE));
    return guards;
  }

  /// A check among several.
  ///
  /// @param field that is checked; empty for the type
  record Check(String field, Guard guard) {}

  /// Before an object is changed: the fields that the input names, the last of the schema first,
  /// then the type. To set a field to null is to delete it.
  List<Check> ofChange(Map<String, @Nullable Object> input) {
    List<Check> checks = new ArrayList<>();
    List.copyOf(fields.keySet()).reversed().stream()
        .filter(input::containsKey)
        .forEach(field -> {
          if (input.get(field) == null) {
            checks.add(new Check(field, ofField(field, Operation.DELETE)));
          }
          checks.add(new Check(field, ofField(field, Operation.UPDATE)));
        });
    checks.add(new Check("", of(Operation.UPDATE)));
    return checks;
  }

  private Guard ofField(String field, Operation operation) {
    return guard(fields.getOrDefault(field, List.of()), operation);
  }

  /// True if a mutation answers null for a field, because subscribers get to see its answer: the
  /// field has rules on reading, some field has rules on what the mutation does, and the rules
  /// reach subscriptions.
  boolean hides(String field, Operation mutation) {
    return isProtected(field)
        && fields.values().stream().anyMatch(rules -> !guard(rules, mutation).rules().isEmpty());
  }

  /// True if a field has rules on reading that reach subscriptions.
  boolean isProtected(String field) {
    return !guard(fields.getOrDefault(field, List.of()), Operation.LISTEN).rules().isEmpty();
  }

  /// True if not everybody may read a field, or not everywhere.
  boolean guards(String field) {
    return !ofReading(field).rules().isEmpty();
  }
}
