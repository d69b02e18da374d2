package dev.polder.iam.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A statement of an identity-based policy.
///
/// @param allow true for `Allow`, false for `Deny`
/// @param actions patterns
/// @param notActions true if all actions are meant but these
/// @param resources patterns
/// @param notResources true if all resources are meant but these
record Statement(
    boolean allow,
    List<String> actions,
    boolean notActions,
    List<String> resources,
    boolean notResources,
    List<Condition> conditions) {

  static Statement of(Map<?, ?> json) {
    return new Statement(
        "Allow".equals(json.get("Effect")),
        texts(json.containsKey("NotAction") ? json.get("NotAction") : json.get("Action")),
        json.containsKey("NotAction"),
        texts(json.containsKey("NotResource") ? json.get("NotResource") : json.get("Resource")),
        json.containsKey("NotResource"),
        conditions(json.get("Condition")));
  }

  private static List<Condition> conditions(@Nullable Object json) {
    List<Condition> conditions = new ArrayList<>();
    if (json instanceof Map<?, ?> operators) {
      operators.forEach((operator, keys) -> {
        if (keys instanceof Map<?, ?> map) {
          map.forEach((key, values) ->
              conditions.add(
                  new Condition(String.valueOf(operator), String.valueOf(key), texts(values))));
        }
      });
    }
    return conditions;
  }

  private static List<String> texts(@Nullable Object json) {
    return switch (json) {
      case null -> List.of();
      case List<?> list -> list.stream().map(String::valueOf).toList();
      default -> List.of(String.valueOf(json));
    };
  }

  /// What may have variables beside conditions.
  Stream<String> texts() {
    return resources.stream();
  }

  boolean depends() {
    return !conditions.isEmpty() || resources.stream().anyMatch(each -> each.contains("${"));
  }

  /// The first condition that cannot be decided here, where it matters.
  Optional<String> undecidable() {
    return notActions || actions.stream().anyMatch(Decidable::isAsked)
        ? conditions.stream().flatMap(each -> each.undecidable().stream()).findFirst()
        : Optional.empty();
  }

  /// True if the statement speaks of the request.
  boolean applies(AccessRequest request) {
    String action = request.action().toLowerCase(Locale.ROOT);
    boolean named =
        actions.stream()
            .anyMatch(pattern -> Wildcards.matches(pattern.toLowerCase(Locale.ROOT), action));
    boolean meant =
        resources.stream()
            .anyMatch(pattern -> Wildcards.matches(request.filled(pattern), request.resource()));
    return named != notActions
        && meant != notResources
        && conditions.stream().allMatch(condition -> condition.holds(request, !allow));
  }
}
