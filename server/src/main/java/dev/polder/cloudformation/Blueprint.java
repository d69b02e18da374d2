package dev.polder.cloudformation;

import dev.polder.cloudformation.resource.PropertyException;
import dev.polder.cloudformation.resource.ResourceType;
import dev.polder.cloudformation.resource.ResourceTypes;
import dev.polder.cloudformation.sam.ServerlessTransform;
import dev.polder.cloudformation.template.References;
import dev.polder.cloudformation.template.Template;
import dev.polder.cloudformation.template.TemplateException;
import dev.polder.cloudformation.template.TemplateReader;
import dev.polder.cloudformation.template.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A template with the values of its parameters, checked as far as that goes before anything is
/// made.
///
/// @param isTransformed true if it asked for the serverless transform
/// @param names values of parameters and pseudo parameters
record Blueprint(Template template, boolean isTransformed, Map<String, Object> names) {

  /// Reads a template.
  ///
  /// @throws TemplateException if it is not well-formed, or does not hold together
  static Template read(String body) {
    return Template.of(processed(TemplateReader.read(body)));
  }

  @SuppressWarnings("unchecked")
  static boolean isTransformed(TemplateReader.Document document) {
    return document.value() instanceof Map<?, ?> map
        && ServerlessTransform.isAskedFor((Map<String, Object>) map);
  }

  @SuppressWarnings("unchecked")
  static TemplateReader.Document processed(TemplateReader.Document document) {
    if (!(document.value() instanceof Map<?, ?> map)) {
      throw new TemplateException("Template format error: unsupported structure.");
    }
    Map<String, Object> after = ServerlessTransform.apply((Map<String, Object>) map);
    return new TemplateReader.Document(after, document.lines());
  }

  /// Reads and checks a template for a stack.
  ///
  /// @throws TemplateException if it, or a value for it, cannot be used
  static Blueprint of(StoredStack stack, StoredStack.Source source) {
    TemplateReader.Document document = TemplateReader.read(source.template());
    Template template = Template.of(processed(document));
    Map<String, Object> names = new LinkedHashMap<>(pseudo(stack));
    names.putAll(Values.parameters(template, source.parameters()));
    var blueprint = new Blueprint(template, isTransformed(document), names);
    blueprint.check(document);
    template.requireRules(names);
    Values nothing = blueprint.values(new Nowhere(), _ -> "");
    template.conditions().keySet().forEach(nothing::holds);
    return blueprint;
  }

  /// Checks all of a template that needs no values.
  ///
  /// @throws TemplateException naming the place, with its line
  static void check(TemplateReader.Document document, Template template) {
    new Blueprint(template, false, Map.of()).check(document);
  }

  private static Map<String, Object> pseudo(StoredStack stack) {
    return Map.of(
        "AWS::AccountId", stack.scope().account(),
        "AWS::Region", stack.scope().region(),
        "AWS::Partition", "aws",
        "AWS::URLSuffix", "amazonaws.com",
        "AWS::NotificationARNs", List.of(),
        "AWS::StackId", stack.arn(),
        "AWS::StackName", stack.name());
  }

  private void check(TemplateReader.Document document) {
    Set<String> unknown = new TreeSet<>();
    template.resources().values().stream()
        .map(Template.Resource::type)
        .filter(type -> ResourceTypes.find(type).isEmpty())
        .forEach(unknown::add);
    if (!unknown.isEmpty()) {
      throw new TemplateException(
          "Template format error: Unrecognized resource types: "
              + unknown
              + where(unknown, document));
    }
    template.resources().forEach((id, resource) -> check(id, resource, document));
  }

  /// Where the first resource of such a type is.
  private String where(Set<String> types, TemplateReader.Document document) {
    return template.resources().entrySet().stream()
        .filter(each -> types.contains(each.getValue().type()))
        .map(each -> " " + document.at("/Resources/" + each.getKey() + "/Type"))
        .findFirst()
        .orElse("");
  }

  private void check(String id, Template.Resource resource, TemplateReader.Document document) {
    ResourceType type = type(resource.type());
    String failed = "Properties validation failed for resource " + id + " with message: ";
    String at = " " + document.at("/Resources/" + id);
    try {
      type.properties().check("#", resource.properties());
    } catch (PropertyException e) {
      throw new TemplateException(failed + e.getMessage() + at);
    }
    List<String> problems = type.problems(resource.properties());
    if (!problems.isEmpty()) {
      throw new TemplateException(failed + problems.getFirst() + at);
    }
    References.in(resource.properties()).forEach(this::check);
    template.outputs().values().forEach(o -> References.in(o.value()).forEach(this::check));
  }

  private void check(References.Use use) {
    Template.Resource resource = template.resources().get(use.name());
    if (use.attribute() == null || resource == null || use.attribute().startsWith("{")) {
      return;
    }
    if (!type(resource.type()).attributes().contains(use.attribute())) {
      throw new TemplateException(
          "Template error: resource "
              + use.name()
              + " does not support attribute type "
              + use.attribute()
              + " in Fn::GetAtt");
    }
  }

  static ResourceType type(String name) {
    return ResourceTypes.find(name)
        .orElseThrow(() ->
            new TemplateException(
                "Template format error: Unrecognized resource types: [" + name + "]"));
  }

  Values values(Values.Resources resources, Function<String, @Nullable Object> exports) {
    return new Values(template, names, resources, exports);
  }

  /// The resources whose condition holds, each after all that it needs.
  List<String> order(Values values) {
    List<String> order = new ArrayList<>();
    for (String id : new References(template).order()) {
      Template.Resource resource = template.resources().get(id);
      if (resource != null
          && (resource.condition() == null || values.holds(resource.condition()))) {
        order.add(id);
      }
    }
    return order;
  }

  /// The outputs whose conditions hold.
  List<StoredStack.Output> outputs(Values values) {
    List<StoredStack.Output> outputs = new ArrayList<>();
    template
        .outputs()
        .forEach((key, output) -> {
          if (output.condition() == null || values.holds(output.condition())) {
            outputs.add(
                new StoredStack.Output(
                    key,
                    Values.text(values.value(output.value())),
                    output.description(),
                    Values.text(values.value(output.export()))));
          }
        });
    return outputs;
  }

  /// Refuses a template that may do more than the caller has said he knows of.
  void requireCapabilities(List<String> given, boolean byChangeSet) {
    boolean named = given.contains("CAPABILITY_NAMED_IAM");
    if (template.makesIam(true) && !named) {
      throw CloudFormationErrors.capability("CAPABILITY_NAMED_IAM");
    }
    if (template.makesIam(false) && !named && !given.contains("CAPABILITY_IAM")) {
      throw CloudFormationErrors.capability("CAPABILITY_IAM");
    }
    if (isTransformed && !byChangeSet && !given.contains("CAPABILITY_AUTO_EXPAND")) {
      throw CloudFormationErrors.capability("CAPABILITY_AUTO_EXPAND");
    }
  }

  /// Before anything is there.
  private static final class Nowhere implements Values.Resources {
    @Override
    public Object ref(String logicalId) {
      throw new TemplateException(
          "Template format error: Unresolved resource dependencies [" + logicalId + "]");
    }

    @Override
    public Object attribute(String logicalId, String name) {
      return ref(logicalId);
    }
  }
}
