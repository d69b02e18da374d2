package dev.polder.iam.policy;

import dev.polder.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An identity-based policy.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
///
/// @param statements in the order of the document
public record Policy(List<Statement> statements) {

  public Policy {
    statements = List.copyOf(statements);
  }

  /// Reads a policy document.
  ///
  /// @throws Json.Malformed if it is no JSON object
  public static Policy of(String document) {
    Object statements = Json.parseObject(document).get("Statement");
    List<?> all =
        statements instanceof List<?> list
            ? list
            : List.of(statements == null ? Map.of() : statements);
    return new Policy(
        all.stream()
            .filter(Map.class::isInstance)
            .map(statement -> Statement.of((Map<?, ?>) statement))
            .toList());
  }

  /// The first thing in a condition that cannot be decided here, such as `condition key
  /// aws:SourceIp`. Statements about services that are not here are never asked and not looked at.
  public Optional<String> undecidable() {
    return statements.stream().flatMap(each -> each.undecidable().stream()).findFirst();
  }

  /// Whether it says anything that depends on what is around a request.
  public boolean depends() {
    return statements.stream().anyMatch(Statement::depends);
  }

  /// Whether some condition names a key.
  public boolean names(String key) {
    return statements.stream()
        .flatMap(statement -> statement.conditions().stream())
        .anyMatch(condition -> condition.key().equalsIgnoreCase(key));
  }

  /// Whether some condition names a key that begins so, or some text has a variable that does.
  public boolean namesSome(String prefix) {
    return statements.stream()
        .anyMatch(statement ->
            statement.conditions().stream().anyMatch(condition -> condition.names(prefix))
                || statement.texts().anyMatch(text -> Condition.hasVariable(text, prefix)));
  }

  /// What several policies say together.
  public static Effect decide(List<Policy> policies, AccessRequest request) {
    boolean allowed = false;
    for (Policy policy : policies) {
      for (Statement statement : policy.statements) {
        if (statement.applies(request)) {
          if (!statement.allow()) {
            return Effect.DENIED;
          }
          allowed = true;
        }
      }
    }
    return allowed ? Effect.ALLOWED : Effect.NOT_ALLOWED;
  }
}
