package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.run.FieldException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the first generation demands of a stored object before it is changed or deleted.
///
/// A generated template makes the checks of fields and type one after another with the same
/// variables, and so does this: a check without rules for owners demands of them what the check
/// before it did, and likewise for groups; the two checks of a field that is set to null share the
/// names of their terms, so that the later one says what both mean; who passes one of the two by a
/// group that the schema names passes the other.
final class WriteCondition {

  /// One of several things, one of which must hold.
  ///
  /// @param name under which the template keeps the field
  /// @param value under which it keeps what the field must hold
  private record Term(String name, String value, boolean contains, String field, String held) {}

  private final KnownCaller.ByToken token;
  private final Set<String> admitted = new HashSet<>();
  private final Map<String, String> fields = new HashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final List<List<Term>> demanded = new ArrayList<>();
  private List<Term> groups = List.of();
  private List<Term> owners = List.of();

  WriteCondition(KnownCaller.ByToken token) {
    this.token = token;
  }

  /// Adds a check.
  ///
  /// @param of the field that is checked; empty for the type
  /// @throws FieldException if no object would let the caller in
  void add(String of, Guard guard) {
    if (guard.admits(token)) {
      admitted.add(of);
    }
    if (admitted.contains(of)) {
      return;
    }
    if (!guard.namingGroups().isEmpty()) {
      groups = groups(of, guard);
    }
    if (!guard.owners().isEmpty()) {
      owners = owners(of, guard);
    }
    List<Term> terms = new ArrayList<>(groups);
    terms.addAll(owners);
    if (terms.isEmpty()) {
      throw FieldException.notAuthorized();
    }
    for (Term term : terms) {
      fields.put(term.name, term.field);
      values.put(term.value, term.held);
    }
    demanded.add(terms);
  }

  private List<Term> groups(String of, Guard guard) {
    List<Term> terms = new ArrayList<>();
    int number = 0;
    for (AuthRule rule : guard.namingGroups()) {
      String name = of + "_groups" + number++;
      String field = Guard.field(rule);
      int count = 0;
      for (String group : Guard.groups(rule, token)) {
        String value = name + "_" + count++;
        terms.add(new Term(name, value, guard.lists().contains(field), field, group));
      }
    }
    return terms;
  }

  private List<Term> owners(String of, Guard guard) {
    List<Term> terms = new ArrayList<>();
    for (AuthRule rule : guard.owners()) {
      String name = of + "_owner" + terms.size();
      String field = Guard.field(rule);
      boolean list = guard.lists().contains(field);
      terms.add(new Term(name, name, list, field, Guard.name(rule, token)));
    }
    return terms;
  }

  /// All that must hold, in the form of a condition input; null for nothing.
  @Nullable Map<String, @Nullable Object> input() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (List<Term> terms : demanded) {
      all.add(Map.of("or", terms.stream().map(this::holds).toList()));
    }
    return all.isEmpty() ? null : Map.of("and", all);
  }

  private Map<String, Object> holds(Term term) {
    return Map.of(
        fields.getOrDefault(term.name, term.field),
        Map.of(term.contains ? "contains" : "eq", values.getOrDefault(term.value, term.held)));
  }
}
