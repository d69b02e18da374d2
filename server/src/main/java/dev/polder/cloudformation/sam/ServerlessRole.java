package dev.polder.cloudformation.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The role that a serverless resource gets when it brings none.
///
/// @param service who assumes it
/// @param managed AWS's own policies that it always has, below `policy/`
/// @param events those that its events need, after those that it asks for
record ServerlessRole(
    ServerlessResource source, String service, List<String> managed, List<String> events) {
  private static final String AWS = "arn:aws:iam::aws:policy/";

  Map<String, Object> resource() {
    List<Object> arns = new ArrayList<>();
    managed.forEach(name -> arns.add(AWS + name));
    List<Object> inline = new ArrayList<>();
    Object policies = source.properties().get("Policies");
    for (Object policy : policies instanceof List<?> list ? list : some(policies)) {
      add(policy, arns, inline);
    }
    events.stream().map(name -> AWS + name).filter(arn -> !arns.contains(arn)).forEach(arns::add);
    Map<String, Object> role = new LinkedHashMap<>();
    Object trust = source.properties().get("AssumeRolePolicyDocument");
    role.put("AssumeRolePolicyDocument", trust == null ? trust(service) : trust);
    role.put("ManagedPolicyArns", arns);
    if (!inline.isEmpty()) {
      role.put("Policies", inline);
    }
    source.copy("PermissionsBoundary", role, "PermissionsBoundary");
    source.copy("RolePath", role, "Path");
    return source.derived("AWS::IAM::Role", role);
  }

  private static List<Object> some(@Nullable Object one) {
    return one == null ? List.of() : List.of(one);
  }

  private void add(Object policy, List<Object> arns, List<Object> inline) {
    if (policy instanceof String name) {
      arns.add(name.startsWith("arn:") ? name : AWS + name);
      return;
    }
    if (!(policy instanceof Map<?, ?> map)) {
      throw ServerlessTransform.invalid(source.id(), "A policy is neither a name nor an object.");
    }
    if (map.containsKey("Statement")) {
      inline.add(inline(inline.size(), policy));
      return;
    }
    String only = map.size() == 1 ? String.valueOf(map.keySet().iterator().next()) : "";
    if (only.equals("Ref") || only.startsWith("Fn::")) {
      arns.add(policy);
    } else {
      PolicyTemplate template =
          PolicyTemplate.find(only)
              .orElseThrow(() ->
                  ServerlessTransform.invalid(
                      source.id(), "Policy template " + map.keySet() + " is not supported"));
      inline.add(inline(inline.size(), template.document(map.get(only), source.id())));
    }
  }

  private Map<String, Object> inline(int number, Object document) {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("PolicyName", source.id() + "RolePolicy" + number);
    policy.put("PolicyDocument", document);
    return policy;
  }

  static Map<String, Object> document(Map<String, Object> statement) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Version", "2012-10-17");
    document.put("Statement", List.of(statement));
    return document;
  }

  static Map<String, Object> trust(String service) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Effect", "Allow");
    statement.put("Principal", Map.of("Service", List.of(service)));
    statement.put("Action", List.of("sts:AssumeRole"));
    return document(statement);
  }
}
