package dev.polder.cloudformation;

import dev.polder.cloudformation.template.Template;
import dev.polder.cloudformation.template.TemplateException;
import dev.polder.shape.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackDriftInformation;
import software.amazon.awssdk.services.cloudformation.model.StackDriftInformationSummary;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDetail;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/// Stacks, resources and events as the API shows them.
final class Described {
  private Described() {}

  static Stack stack(StoredStack stack) {
    var answer =
        Stack.builder()
            .stackId(stack.arn())
            .stackName(stack.name())
            .parameters(parameters(stack.source()))
            .creationTime(stack.created())
            .lastUpdatedTime(stack.updated())
            .deletionTime(stack.deleted())
            .stackStatus(stack.status())
            .disableRollback(stack.disableRollback())
            .notificationARNs(List.of())
            .capabilitiesWithStrings(stack.source().capabilities())
            .outputs(stack.outputs().stream().map(Described::output).toList())
            .tags(tags(stack.source().tags()))
            .enableTerminationProtection(stack.isProtected())
            .driftInformation(
                StackDriftInformation.builder().stackDriftStatus("NOT_CHECKED").build());
    String description = description(stack.source().template());
    if (!description.isEmpty()) {
      answer.description(description);
    }
    if (!stack.reason().isEmpty()) {
      answer.stackStatusReason(stack.reason());
    }
    if (!stack.role().isEmpty()) {
      answer.roleARN(stack.role());
    }
    if (!stack.changeSetId().isEmpty()) {
      answer.changeSetId(stack.changeSetId());
    }
    return answer.build();
  }

  /// A stack under review has no template of its own yet.
  private static String description(String template) {
    try {
      return template.isEmpty() ? "" : Blueprint.read(template).description();
    } catch (TemplateException _) {
      return "";
    }
  }

  /// The parameters with their values: given ones, and defaults; secret ones hidden.
  static List<Parameter> parameters(StoredStack.Source source) {
    List<Parameter> all = new ArrayList<>();
    if (source.template().isEmpty()) {
      return all;
    }
    Template template;
    try {
      template = Blueprint.read(source.template());
    } catch (TemplateException _) {
      return all;
    }
    template
        .parameters()
        .forEach((name, parameter) -> {
          String value = source.parameters().getOrDefault(name, parameter.byDefault());
          all.add(
              Parameter.builder()
                  .parameterKey(name)
                  .parameterValue(parameter.noEcho() ? "****" : value)
                  .build());
        });
    return all;
  }

  private static Output output(StoredStack.Output output) {
    var answer = Output.builder().outputKey(output.key()).outputValue(output.value());
    if (!output.description().isEmpty()) {
      answer.description(output.description());
    }
    if (!output.export().isEmpty()) {
      answer.exportName(output.export());
    }
    return answer.build();
  }

  static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  static StackSummary summary(StoredStack stack) {
    return StackSummary.builder()
        .stackId(stack.arn())
        .stackName(stack.name())
        .creationTime(stack.created())
        .lastUpdatedTime(stack.updated())
        .deletionTime(stack.deleted())
        .stackStatus(stack.status())
        .stackStatusReason(stack.reason().isEmpty() ? null : stack.reason())
        .driftInformation(
            StackDriftInformationSummary.builder().stackDriftStatus("NOT_CHECKED").build())
        .build();
  }

  static StackEvent event(StoredStack stack, StackStore.KeptEvent kept) {
    StackStore.Event event = kept.event();
    var answer =
        StackEvent.builder()
            .stackId(stack.arn())
            .stackName(stack.name())
            .eventId(kept.id())
            .logicalResourceId(event.logicalId())
            .physicalResourceId(event.physicalId())
            .resourceType(event.type())
            .timestamp(kept.at())
            .resourceStatus(event.status());
    if (!event.reason().isEmpty()) {
      answer.resourceStatusReason(event.reason());
    }
    if (!event.properties().isEmpty()) {
      answer.resourceProperties(event.properties());
    }
    return answer.build();
  }

  static StackResource resource(StoredStack stack, StoredResource resource) {
    return Shapes.copy(summary(resource), StackResource.builder())
        .stackId(stack.arn())
        .stackName(stack.name())
        .timestamp(resource.at())
        .build();
  }

  static StackResourceDetail detail(StoredStack stack, StoredResource resource) {
    return Shapes.copy(summary(resource), StackResourceDetail.builder())
        .stackId(stack.arn())
        .stackName(stack.name())
        .build();
  }

  static StackResourceSummary summary(StoredResource resource) {
    return StackResourceSummary.builder()
        .logicalResourceId(resource.logicalId())
        .physicalResourceId(resource.physicalId())
        .resourceType(resource.type())
        .lastUpdatedTimestamp(resource.at())
        .resourceStatus(resource.status())
        .resourceStatusReason(resource.reason().isEmpty() ? null : resource.reason())
        .build();
  }
}
