package dev.polder.cloudformation;

import dev.polder.cloudformation.template.Template;
import dev.polder.cloudformation.template.TemplateException;
import dev.polder.shape.Shapes;
import dev.polder.shape.TagLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    return Stack.builder()
        .stackId(stack.arn())
        .stackName(stack.name())
        .description(shown(description(stack.source().template())))
        .parameters(parameters(stack.source()))
        .creationTime(stack.times().created())
        .lastUpdatedTime(stack.times().updated())
        .deletionTime(stack.times().deleted())
        .stackStatus(stack.status())
        .stackStatusReason(shown(stack.standing().reason()))
        .roleARN(shown(stack.terms().role()))
        .changeSetId(shown(stack.sources().changeSet()))
        .disableRollback(stack.terms().disableRollback())
        .notificationARNs(List.of())
        .capabilitiesWithStrings(stack.source().capabilities())
        .outputs(stack.results().outputs().stream().map(Described::output).toList())
        .tags(tags(stack.source().tags()))
        .enableTerminationProtection(stack.terms().isProtected())
        .driftInformation(StackDriftInformation.builder().stackDriftStatus("NOT_CHECKED").build())
        .build();
  }

  /// Empty texts are left out.
  private static @Nullable String shown(String text) {
    return text.isEmpty() ? null : text;
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
    return Output.builder()
        .outputKey(output.key())
        .outputValue(output.value())
        .description(shown(output.description()))
        .exportName(shown(output.export()))
        .build();
  }

  static List<Tag> tags(Map<String, String> tags) {
    return TagLists.of(tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }

  static StackSummary summary(StoredStack stack) {
    return StackSummary.builder()
        .stackId(stack.arn())
        .stackName(stack.name())
        .creationTime(stack.times().created())
        .lastUpdatedTime(stack.times().updated())
        .deletionTime(stack.times().deleted())
        .stackStatus(stack.status())
        .stackStatusReason(shown(stack.standing().reason()))
        .driftInformation(
            StackDriftInformationSummary.builder().stackDriftStatus("NOT_CHECKED").build())
        .build();
  }

  static StackEvent event(StoredStack stack, StackStore.KeptEvent kept) {
    StackStore.Event event = kept.event();
    return StackEvent.builder()
        .stackId(stack.arn())
        .stackName(stack.name())
        .eventId(kept.id())
        .logicalResourceId(event.logicalId())
        .physicalResourceId(event.physicalId())
        .resourceType(event.type())
        .timestamp(kept.at())
        .resourceStatus(event.status())
        .resourceStatusReason(shown(event.reason()))
        .resourceProperties(shown(event.properties()))
        .build();
  }

  static StackResource resource(StoredStack stack, StoredResource resource) {
    return Shapes.copy(summary(resource), StackResource.builder())
        .stackId(stack.arn())
        .stackName(stack.name())
        .timestamp(resource.standing().at())
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
        .lastUpdatedTimestamp(resource.standing().at())
        .resourceStatus(resource.status())
        .resourceStatusReason(shown(resource.standing().reason()))
        .build();
  }
}
