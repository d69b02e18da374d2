package dev.polder.cloudformation.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which names the parts of a template refer to, and the order that follows from it.
public final class References {
  static final Set<String> PSEUDO =
      Set.of(
          "AWS::AccountId",
          "AWS::NoValue",
          "AWS::NotificationARNs",
          "AWS::Partition",
          "AWS::Region",
          "AWS::StackId",
          "AWS::StackName",
          "AWS::URLSuffix");
  static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^${}]*)}");

  private final Template template;

  public References(Template template) {
    this.template = template;
  }

  /// A use of a name.
  ///
  /// @param attribute of a resource; null for the name itself
  public record Use(String name, @Nullable String attribute) {}

  /// Every use of a parameter, pseudo parameter or resource in a value.
  public static Set<Use> in(@Nullable Object value) {
    Set<Use> found = new LinkedHashSet<>();
    collect(value, Set.of(), found);
    return found;
  }

  private static void collect(@Nullable Object value, Set<String> local, Set<Use> found) {
    var call = Intrinsic.of(value);
    if (call.isPresent()) {
      collect(call.get(), local, found);
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(each -> collect(each, local, found));
    } else if (value instanceof List<?> list) {
      list.forEach(each -> collect(each, local, found));
    }
  }

  private static void collect(Intrinsic call, Set<String> local, Set<Use> found) {
    Object argument = call.argument();
    switch (call.name()) {
      case "Ref" -> found.add(new Use(String.valueOf(argument), null));
      case "Fn::GetAtt" -> {
        List<Object> parts = pair(argument);
        found.add(new Use(String.valueOf(parts.get(0)), String.valueOf(parts.get(1))));
        collect(parts.get(1), local, found);
      }
      case "Fn::Sub" -> {
        if (argument instanceof List<?> list
            && list.size() == 2
            && list.get(1) instanceof Map<?, ?> m) {
          Set<String> names = new LinkedHashSet<>();
          m.keySet().forEach(name -> names.add(String.valueOf(name)));
          variables(String.valueOf(list.get(0)), names, found);
          m.values().forEach(each -> collect(each, local, found));
        } else {
          variables(String.valueOf(argument), Set.of(), found);
        }
      }
      default -> collect(argument, local, found);
    }
  }

  static List<Object> pair(@Nullable Object argument) {
    if (argument instanceof String text && text.indexOf('.') > 0) {
      int dot = text.indexOf('.');
      return List.of(text.substring(0, dot), text.substring(dot + 1));
    }
    if (argument instanceof List<?> list
        && list.size() == 2
        && list.get(0) instanceof String name
        && list.get(1) != null) {
      return List.of(name, list.get(1));
    }
    throw new TemplateException(
        "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource"
            + " name and the resource attribute");
  }

  private static void variables(String text, Set<String> local, Set<Use> found) {
    for (Matcher m = VARIABLE.matcher(text); m.find(); ) {
      String name = m.group(2).strip();
      if (!m.group(1).isEmpty() || local.contains(name)) {
        continue;
      }
      int dot = name.indexOf('.');
      found.add(
          dot < 0 ? new Use(name, null) : new Use(name.substring(0, dot), name.substring(dot + 1)));
    }
  }

  /// Refuses names that nothing in the template has, and conditions that do not exist.
  void check() {
    checkResources();
    checkOutputs();
    checkConditions();
    order();
  }

  private void checkResources() {
    Set<String> unresolved = new LinkedHashSet<>();
    for (Template.Resource resource : template.resources().values()) {
      in(resource.properties()).forEach(use -> check(use, unresolved));
      resource.dependsOn().stream()
          .filter(id -> !template.resources().containsKey(id))
          .forEach(unresolved::add);
      checkCondition(resource.condition());
      checkConditions(resource.properties());
    }
    refuse(unresolved, "Resources");
  }

  private void checkOutputs() {
    Set<String> unresolved = new LinkedHashSet<>();
    for (Template.Output output : template.outputs().values()) {
      in(output.value()).forEach(use -> check(use, unresolved));
      in(output.export()).forEach(use -> check(use, unresolved));
      checkCondition(output.condition());
      checkConditions(output.value());
    }
    refuse(unresolved, "Outputs");
  }

  private void checkConditions() {
    Set<String> unresolved = new LinkedHashSet<>();
    for (Object condition : template.conditions().values()) {
      for (Use use : in(condition)) {
        if (!template.parameters().containsKey(use.name()) && !PSEUDO.contains(use.name())) {
          unresolved.add(use.name());
        }
      }
      checkConditions(condition);
    }
    if (!unresolved.isEmpty()) {
      throw new TemplateException(
          "Template format error: Unresolved dependencies "
              + unresolved
              + ". Cannot reference resources in the Conditions block of the template");
    }
  }

  private void check(Use use, Set<String> unresolved) {
    boolean resource = template.resources().containsKey(use.name());
    if (use.attribute() != null && !resource) {
      throw new TemplateException(
          "Template error: instance of Fn::GetAtt references undefined resource " + use.name());
    }
    if (!resource
        && !template.parameters().containsKey(use.name())
        && !PSEUDO.contains(use.name())) {
      unresolved.add(use.name());
    }
  }

  private static void refuse(Set<String> unresolved, String block) {
    if (!unresolved.isEmpty()) {
      throw new TemplateException(
          "Template format error: Unresolved resource dependencies "
              + unresolved
              + " in the "
              + block
              + " block of the template");
    }
  }

  private void checkCondition(@Nullable String name) {
    if (name != null && !template.conditions().containsKey(name)) {
      throw new TemplateException(
          "Template format error: Unresolved condition dependency " + name + " in the template");
    }
  }

  /// Checks the conditions that `Fn::If` and `Condition` within a value name.
  private void checkConditions(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      if (map.size() == 1 && map.get("Fn::If") instanceof List<?> list && !list.isEmpty()) {
        checkCondition(String.valueOf(list.get(0)));
      }
      map.values().forEach(this::checkConditions);
    } else if (value instanceof List<?> list) {
      list.forEach(this::checkConditions);
    }
  }

  /// The resources that each resource needs before it.
  public Map<String, Set<String>> needs() {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    template
        .resources()
        .forEach((id, resource) -> {
          Set<String> before = new LinkedHashSet<>(resource.dependsOn());
          for (Use use : in(resource.properties())) {
            if (template.resources().containsKey(use.name())) {
              before.add(use.name());
            }
          }
          needs.put(id, before);
        });
    return needs;
  }

  /// The resources, each after all that it needs; otherwise as the template has them.
  ///
  /// @throws TemplateException naming the resources of a cycle
  public List<String> order() {
    return order(needs());
  }

  /// Ids in an order in which each comes after all that it needs.
  ///
  /// @param needs what each id needs; ids that are no keys are passed over
  public static List<String> order(Map<String, Set<String>> needs) {
    List<String> order = new ArrayList<>();
    Set<String> done = new LinkedHashSet<>();
    for (String id : needs.keySet()) {
      visit(id, needs, new ArrayDeque<>(), done, order);
    }
    return order;
  }

  private static void visit(
      String id,
      Map<String, Set<String>> needs,
      Deque<String> path,
      Set<String> done,
      List<String> order) {
    if (done.contains(id) || !needs.containsKey(id)) {
      return;
    }
    if (path.contains(id)) {
      List<String> cycle = new ArrayList<>(path.reversed());
      throw new TemplateException(
          "Circular dependency between resources: "
              + cycle.subList(cycle.indexOf(id), cycle.size()));
    }
    path.push(id);
    needs.getOrDefault(id, Set.of()).forEach(each -> visit(each, needs, path, done, order));
    path.pop();
    done.add(id);
    order.add(id);
  }
}
