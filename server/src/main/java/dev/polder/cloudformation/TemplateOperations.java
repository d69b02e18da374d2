package dev.polder.cloudformation;

import dev.polder.cloudformation.sam.ServerlessTransform;
import dev.polder.cloudformation.template.Template;
import dev.polder.cloudformation.template.TemplateException;
import dev.polder.cloudformation.template.TemplateReader;
import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.*;

/// Operations on templates: the text of a stack's, and what there is to know of one before it is
/// used.
final class TemplateOperations {
  private final Platform platform;
  private final StackStore store;
  private final Scope scope;
  private final Stacks stacks;

  TemplateOperations(Platform platform, StackStore store, Scope scope, Stacks stacks) {
    this.platform = platform;
    this.store = store;
    this.scope = scope;
    this.stacks = stacks;
  }

  GetTemplateResponse get(GetTemplateRequest request) {
    StoredStack stack = stacks.find(request.stackName());
    String body = stack.source().template();
    if (request.changeSetName() != null) {
      body =
          store
              .changeSet(stack, request.changeSetName())
              .orElseThrow(() -> CloudFormationErrors.noChangeSet(request.changeSetName()))
              .source()
              .template();
    }
    String shown = body;
    if (request.templateStage() == TemplateStage.PROCESSED) {
      shown = Json.write(Blueprint.processed(TemplateReader.read(body)).value());
    }
    return GetTemplateResponse.builder()
        .templateBody(shown)
        .stagesAvailableWithStrings("Original", "Processed")
        .build();
  }

  private Template template(@Nullable String body, @Nullable String url) {
    return read(body(body, url));
  }

  private String body(@Nullable String body, @Nullable String url) {
    String text = Requests.template(platform, scope, body, url);
    if (text == null) {
      throw CloudFormationErrors.validation(
          "Either Template URL or Template Body must be specified.");
    }
    return text;
  }

  private static Template read(String text) {
    try {
      return Blueprint.read(text);
    } catch (TemplateException e) {
      throw CloudFormationErrors.validation(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> capabilities(Template template) {
    if (!template.makesIam(false)) {
      return List.of();
    }
    return List.of(template.makesIam(true) ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM");
  }

  private static @Nullable String reason(Template template) {
    List<String> types = new ArrayList<>();
    template.resources().values().stream()
        .map(Template.Resource::type)
        .filter(type -> type.startsWith("AWS::IAM::"))
        .distinct()
        .forEach(types::add);
    return types.isEmpty() ? null : "The following resource(s) require capabilities: " + types;
  }

  /// Checks a template as it is written: transforms are named and not applied, as at AWS, so local
  /// paths in a serverless template are no mistake.
  ValidateTemplateResponse validate(ValidateTemplateRequest request) {
    String body = body(request.templateBody(), request.templateURL());
    boolean transforms;
    Template template;
    try {
      TemplateReader.Document document = TemplateReader.read(body);
      transforms = Blueprint.isTransformed(document);
      template = transforms ? Template.untransformed(document) : Template.of(document);
    } catch (TemplateException e) {
      throw CloudFormationErrors.validation(String.valueOf(e.getMessage()));
    }
    List<String> capabilities = new ArrayList<>(capabilities(template));
    if (transforms) {
      capabilities.add("CAPABILITY_AUTO_EXPAND");
    }
    return ValidateTemplateResponse.builder()
        .description(template.description().isEmpty() ? null : template.description())
        .parameters(
            template.parameters().values().stream()
                .map(TemplateOperations::templateParameter)
                .toList())
        .capabilitiesWithStrings(capabilities)
        .capabilitiesReason(reason(template))
        .declaredTransforms(transforms ? List.of(ServerlessTransform.NAME) : List.of())
        .build();
  }

  private static TemplateParameter templateParameter(
      dev.polder.cloudformation.template.Parameter parameter) {
    return TemplateParameter.builder()
        .parameterKey(parameter.name())
        .defaultValue(parameter.byDefault())
        .noEcho(parameter.noEcho())
        .description(parameter.description().isEmpty() ? null : parameter.description())
        .build();
  }

  GetTemplateSummaryResponse summary(GetTemplateSummaryRequest request) {
    Template template =
        request.stackName() == null
            ? template(request.templateBody(), request.templateURL())
            : read(stacks.find(request.stackName()).source().template());
    List<String> types =
        template.resources().values().stream()
            .map(Template.Resource::type)
            .distinct()
            .sorted()
            .toList();
    return GetTemplateSummaryResponse.builder()
        .description(template.description().isEmpty() ? null : template.description())
        .parameters(
            template.parameters().values().stream().map(TemplateOperations::declaration).toList())
        .capabilitiesWithStrings(capabilities(template))
        .capabilitiesReason(reason(template))
        .resourceTypes(types)
        .build();
  }

  private static ParameterDeclaration declaration(
      dev.polder.cloudformation.template.Parameter parameter) {
    return ParameterDeclaration.builder()
        .parameterKey(parameter.name())
        .defaultValue(parameter.byDefault())
        .parameterType(parameter.type())
        .noEcho(parameter.noEcho())
        .description(parameter.description().isEmpty() ? null : parameter.description())
        .parameterConstraints(
            ParameterConstraints.builder().allowedValues(parameter.allowed()).build())
        .build();
  }
}
