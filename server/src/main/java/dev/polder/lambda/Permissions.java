package dev.polder.lambda;

import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.lambda.LambdaService.Parts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.*;

/// Operations on the resource policies of functions. Policies are kept and answered, not enforced.
final class Permissions {
  private final Parts parts;
  private final Scope scope;

  Permissions(Parts parts, Scope scope) {
    this.parts = parts;
    this.scope = scope;
  }

  AddPermissionResponse add(AddPermissionRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), request.qualifier());
    String id = required(request.statementId(), "statementId");
    required(request.action(), "action");
    required(request.principal(), "principal");
    if (!id.matches("[a-zA-Z0-9-_]{1,100}")) {
      throw LambdaErrors.constraint(
          id, "statementId", "Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)");
    }
    exists(name);
    String statement = Json.write(statement(name, request));
    change(
        name,
        statements -> {
          if (statements.containsKey(id)) {
            throw LambdaErrors.conflict(
                "The statement id ("
                    + id
                    + ") provided already exists. Please provide a new statement id, or remove the"
                    + " existing statement.");
          }
          Map<String, String> more = new LinkedHashMap<>(statements);
          more.put(id, statement);
          return more;
        });
    return AddPermissionResponse.builder().statement(statement).build();
  }

  private void exists(FunctionName name) {
    if (parts.catalogue().config(name).isEmpty()) {
      throw LambdaErrors.functionNotFound(name.qualifiedArn());
    }
  }

  private static String required(@Nullable String value, String member) {
    if (value == null) {
      throw LambdaErrors.constraint("null", member, "Member must not be null");
    }
    return value;
  }

  private static Map<String, Object> statement(FunctionName name, AddPermissionRequest request) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Sid", request.statementId());
    statement.put("Effect", "Allow");
    statement.put("Principal", principal(request.principal()));
    statement.put("Action", request.action());
    statement.put("Resource", name.qualifiedArn());
    Map<String, Object> condition = new LinkedHashMap<>();
    Map<String, Object> equal = new LinkedHashMap<>();
    put(equal, "AWS:SourceAccount", request.sourceAccount());
    put(equal, "aws:PrincipalOrgID", request.principalOrgID());
    put(equal, "lambda:EventSourceToken", request.eventSourceToken());
    put(equal, "lambda:FunctionUrlAuthType", request.functionUrlAuthTypeAsString());
    if (!equal.isEmpty()) {
      condition.put("StringEquals", equal);
    }
    if (request.sourceArn() != null) {
      condition.put("ArnLike", Map.of("AWS:SourceArn", request.sourceArn()));
    }
    if (!condition.isEmpty()) {
      statement.put("Condition", condition);
    }
    return statement;
  }

  private static void put(Map<String, Object> condition, String key, @Nullable String value) {
    if (value != null) {
      condition.put(key, value);
    }
  }

  private static Object principal(String principal) {
    if (principal.equals("*")) {
      return principal;
    }
    if (Scope.isAccount(principal)) {
      return Map.of("AWS", "arn:aws:iam::" + principal + ":root");
    }
    return Map.of(principal.startsWith("arn:") ? "AWS" : "Service", principal);
  }

  private void change(FunctionName name, UnaryOperator<Map<String, String>> change) {
    String qualifier = qualifier(name);
    parts
        .catalogue()
        .update(
            name,
            function -> {
              var policies = new LinkedHashMap<>(function.policies());
              policies.put(qualifier, change.apply(policies.getOrDefault(qualifier, Map.of())));
              return function.withPolicies(policies);
            });
  }

  private static String qualifier(FunctionName name) {
    String qualifier = name.qualifier();
    return qualifier == null ? "" : qualifier;
  }

  GetPolicyResponse policy(GetPolicyRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), request.qualifier());
    exists(name);
    LambdaFunction function = parts.catalogue().get(name);
    var statements = function.policies().getOrDefault(qualifier(name), Map.of());
    if (statements.isEmpty()) {
      throw LambdaErrors.notFound("The resource you requested does not exist.");
    }
    List<Map<String, Object>> all = statements.values().stream().map(Json::parseObject).toList();
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("Version", "2012-10-17");
    policy.put("Id", "default");
    policy.put("Statement", all);
    return GetPolicyResponse.builder()
        .policy(Json.write(policy))
        .revisionId(function.latest().revisionId())
        .build();
  }

  RemovePermissionResponse remove(RemovePermissionRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), request.qualifier());
    exists(name);
    change(
        name,
        statements -> {
          Map<String, String> fewer = new LinkedHashMap<>(statements);
          if (fewer.remove(request.statementId()) == null) {
            throw LambdaErrors.notFound(
                "Statement " + request.statementId() + " is not found in resource policy.");
          }
          return fewer;
        });
    return RemovePermissionResponse.builder().build();
  }
}
