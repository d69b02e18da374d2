package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the first generation checks before an object is created.
///
/// A generated template makes the checks of fields and type one after another with the same
/// variables, and so does this: who has passed one by a group that the input names has passed those
/// that follow; who has passed one as an owner, those without rules for owners.
final class CreationCheck {
  private final KnownCaller.ByToken token;
  private final Map<String, @Nullable Object> input;
  private boolean byGroup;
  private boolean byOwner;

  /// @param input in which owners are filled in where it does not say who they are
  CreationCheck(KnownCaller.ByToken token, Map<String, @Nullable Object> input) {
    this.token = token;
    this.input = input;
  }

  /// True if a check lets the caller create the object.
  boolean passes(Guard guard) {
    byGroup |= guard.namingGroups().stream().anyMatch(rule -> Guard.names(rule, token, input));
    if (!guard.owners().isEmpty()) {
      byOwner = owns(guard);
    }
    return guard.admits(token) || byGroup || byOwner;
  }

  private boolean owns(Guard guard) {
    boolean owns = false;
    for (AuthRule rule : guard.owners()) {
      String field = Guard.field(rule);
      if (!input.containsKey(field)) {
        String name = Guard.name(rule, token);
        input.put(field, guard.lists().contains(field) ? List.of(name) : name);
        owns = true;
      }
      owns |= Guard.names(rule, token, input);
    }
    return owns;
  }
}
