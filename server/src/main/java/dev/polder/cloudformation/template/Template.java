package dev.polder.cloudformation.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A template that has been read and checked as far as that needs no values.
///
/// @param conditions by name, as written
/// @param rules by name, as written
/// @param mappings by name, top key and second key
public record Template(
    String description,
    Map<String, Parameter> parameters,
    Map<String, Map<String, Map<String, Object>>> mappings,
    Map<String, Object> conditions,
    Map<String, Object> rules,
    Map<String, Resource> resources,
    Map<String, Output> outputs) {

  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Description",
          "Metadata",
          "Parameters",
          "Mappings",
          "Conditions",
          "Rules",
          "Transform",
          "Globals",
          "Resources",
          "Outputs");
  private static final Set<String> RESOURCE =
      Set.of(
          "Type",
          "Properties",
          "DependsOn",
          "Condition",
          "Metadata",
          "DeletionPolicy",
          "UpdateReplacePolicy");

  /// What the template makes.
  ///
  /// @param properties as written
  /// @param dependsOn logical ids
  /// @param condition the name of a condition, or null
  /// @param retain true if deletion leaves the resource where it is
  /// @param retainReplaced true if replacement leaves the old one
  public record Resource(
      String type,
      Map<String, Object> properties,
      List<String> dependsOn,
      @Nullable String condition,
      boolean retain,
      boolean retainReplaced) {}

  /// What the stack tells.
  ///
  /// @param export the name under which other stacks import it, as written; null for none
  public record Output(
      @Nullable Object value,
      String description,
      @Nullable Object export,
      @Nullable String condition) {}

  /// Reads a template whose transforms have been applied.
  public static Template of(TemplateReader.Document document) {
    Template template = new Reading(document).template();
    new References(template).check();
    return template;
  }

  /// Reads a template whose transforms have not been applied. What its parts refer to is not
  /// checked: a transform may add it.
  public static Template untransformed(TemplateReader.Document document) {
    return new Reading(document).template();
  }

  /// Demands what the template's rules demand.
  ///
  /// @param names values of parameters and pseudo parameters
  /// @throws TemplateException if one does not hold
  public void requireRules(Map<String, Object> names) {
    Rules.require(rules, names);
  }

  /// True if making this stack makes IAM resources; `named` if with names of the template's choice.
  public boolean makesIam(boolean named) {
    return resources.values().stream()
        .filter(r -> r.type().startsWith("AWS::IAM::"))
        .anyMatch(r ->
            !named || r.type().equals("AWS::IAM::Role") && r.properties().containsKey("RoleName"));
  }

  /// The steps from values to records.
  private record Reading(TemplateReader.Document document) {

    Template template() {
      Map<String, Object> root = object(document.value(), "");
      for (String section : root.keySet()) {
        if (!SECTIONS.contains(section)) {
          throw new TemplateException(
              "Invalid template property or properties ["
                  + section
                  + "] "
                  + document.at("/" + section));
        }
      }
      Map<String, Parameter> parameters = new LinkedHashMap<>();
      section(root, "Parameters")
          .forEach((name, value) -> parameters.put(name, Parameter.of(name, value, document)));
      Map<String, Resource> resources = new LinkedHashMap<>();
      section(root, "Resources").forEach((id, value) -> resources.put(id, resource(id, value)));
      if (resources.isEmpty()) {
        throw new TemplateException(
            "Template format error: At least one Resources member must be defined.");
      }
      Map<String, Output> outputs = new LinkedHashMap<>();
      section(root, "Outputs").forEach((name, value) -> outputs.put(name, output(name, value)));
      Object description = root.get("Description");
      return new Template(
          description == null ? "" : String.valueOf(description),
          parameters,
          mappings(root),
          section(root, "Conditions"),
          section(root, "Rules"),
          resources,
          outputs);
    }

    private Map<String, Object> section(Map<String, Object> root, String name) {
      Object value = root.get(name);
      return value == null ? Map.of() : object(value, "/" + name);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> object(@Nullable Object value, String path) {
      if (value instanceof Map<?, ?> map) {
        return (Map<String, Object>) map;
      }
      throw new TemplateException(
          "Template format error: Expected an object " + document.at(path.isEmpty() ? "/" : path));
    }

    private Map<String, Map<String, Map<String, Object>>> mappings(Map<String, Object> root) {
      Map<String, Map<String, Map<String, Object>>> mappings = new LinkedHashMap<>();
      section(root, "Mappings")
          .forEach((name, tops) -> {
            String path = "/Mappings/" + name;
            Map<String, Map<String, Object>> mapping = new LinkedHashMap<>();
            object(tops, path)
                .forEach((top, keys) -> mapping.put(top, object(keys, path + "/" + top)));
            mappings.put(name, mapping);
          });
      return mappings;
    }

    private Resource resource(String id, @Nullable Object value) {
      String path = "/Resources/" + id;
      if (!id.matches("[A-Za-z0-9]{1,255}")) {
        throw new TemplateException(
            "Template format error: Resource name "
                + id
                + " is non alphanumeric. "
                + document.at(path));
      }
      Map<String, Object> resource = object(value, path);
      for (String member : resource.keySet()) {
        if (!RESOURCE.contains(member)) {
          throw new TemplateException(
              "Invalid template resource property '"
                  + member
                  + "' "
                  + document.at(path + "/" + member));
        }
      }
      if (!(resource.get("Type") instanceof String type)) {
        throw new TemplateException(
            "Template format error: ["
                + path
                + "] Every Resources object must contain a Type"
                + " member. "
                + document.at(path));
      }
      Object properties = resource.get("Properties");
      return new Resource(
          type,
          properties == null ? Map.of() : object(properties, path + "/Properties"),
          texts(resource.get("DependsOn"), path + "/DependsOn"),
          (String) resource.get("Condition"),
          policy(resource, "DeletionPolicy", path),
          policy(resource, "UpdateReplacePolicy", path));
    }

    private boolean policy(Map<String, Object> resource, String member, String path) {
      Object policy = resource.get(member);
      return switch (policy == null ? "Delete" : String.valueOf(policy)) {
        case "Delete" -> false;
        case "Retain", "RetainExceptOnCreate" -> true;
        default ->
            throw new TemplateException(
                "Template error: "
                    + member
                    + " "
                    + policy
                    + " is not supported "
                    + document.at(path + "/" + member));
      };
    }

    private List<String> texts(@Nullable Object value, String path) {
      return switch (value) {
        case null -> List.of();
        case String one -> List.of(one);
        case List<?> many -> {
          List<String> texts = new ArrayList<>();
          many.forEach(each -> texts.add(String.valueOf(each)));
          yield texts;
        }
        default ->
            throw new TemplateException(
                "Template format error: Expected names " + document.at(path));
      };
    }

    private Output output(String name, @Nullable Object value) {
      String path = "/Outputs/" + name;
      Map<String, Object> output = object(value, path);
      for (String member : output.keySet()) {
        if (!Set.of("Value", "Description", "Export", "Condition").contains(member)) {
          throw new TemplateException(
              "Template format error: Unexpected "
                  + member
                  + " "
                  + document.at(path + "/" + member));
        }
      }
      if (output.get("Value") == null) {
        throw new TemplateException(
            "Template format error: Output " + name + " must have a Value " + document.at(path));
      }
      Object export = output.get("Export");
      Object description = output.get("Description");
      return new Output(
          output.get("Value"),
          description == null ? "" : String.valueOf(description),
          export == null ? null : object(export, path + "/Export").get("Name"),
          (String) output.get("Condition"));
    }
  }
}
