package dev.polder.amplify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `custom-policies.json` of a function: what its role may do beyond what its template says. The
/// CLI makes a policy of it, as here.
final class CustomPolicies {
  private static final String ROLE = "LambdaExecutionRole";

  private CustomPolicies() {}

  /// A template with the policy; the same where there is none.
  static Map<String, Object> added(Map<String, Object> template, Path file) {
    List<Object> statements = new ArrayList<>();
    for (Object each : ProjectFiles.optionalList(file)) {
      if (each instanceof Map<?, ?> given && given.get("Action") instanceof List<?> actions) {
        if (!actions.isEmpty() && given.get("Resource") instanceof List<?> resources) {
          statements.add(statement(given, actions, resources));
        }
      }
    }
    if (statements.isEmpty()) {
      return template;
    }
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("PolicyName", "custom-lambda-execution-policy");
    policy.put("PolicyDocument", Map.of("Version", "2012-10-17", "Statement", statements));
    policy.put("Roles", List.of(Map.of("Ref", ROLE)));
    Map<String, Object> resources = new LinkedHashMap<>(ProjectFiles.object(template, "Resources"));
    resources.put(
        "CustomLambdaExecutionPolicy",
        Map.of("Type", "AWS::IAM::Policy", "DependsOn", ROLE, "Properties", policy));
    Map<String, Object> more = new LinkedHashMap<>(template);
    more.put("Resources", resources);
    return more;
  }

  private static Map<String, Object> statement(
      Map<?, ?> given, List<?> actions, List<?> resources) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Effect", "Deny".equals(given.get("Effect")) ? "Deny" : "Allow");
    statement.put("Action", actions);
    // ${env} is the environment's name.
    statement.put(
        "Resource",
        resources.stream()
            .map(each ->
                each instanceof String text && text.contains("${env}")
                    ? Map.of("Fn::Sub", text)
                    : each)
            .toList());
    if (given.get("Condition") != null) {
      statement.put("Condition", given.get("Condition"));
    }
    return statement;
  }
}
