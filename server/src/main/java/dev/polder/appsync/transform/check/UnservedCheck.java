package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.TypeName;
import java.util.List;

/// Directives that lead to services which are not served: what is wrong with their use is still
/// said as Amplify says it.
record UnservedCheck(String directive) implements Check {
  @Override
  public void type(ObjectTypeDefinition type, Directive use) {
    if (!Types.isModel(type)) {
      throw Check.wrong(
          use, "Types annotated with @%s must also be annotated with @model.".formatted(directive));
    }
  }

  @Override
  public void field(ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive use) {
    switch (directive) {
      case "predictions" ->
          throw Check.wrong(
              use,
              "Please configure storage in your project in order to use the @predictions directive");
      case "generation" -> generation(parent, use);
      case "conversation" -> conversation(parent, field, use);
      default -> {}
    }
  }

  private void generation(ImplementingTypeDefinition<?> parent, Directive use) {
    if (!parent.getName().equals("Query")) {
      throw Check.wrong(use, "@generation directive must be used on Query field.");
    }
    inference(use);
  }

  private void conversation(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive use) {
    if (!parent.getName().equals("Mutation")) {
      throw Check.wrong(use, "@conversation directive must be used on Mutation field.");
    }
    boolean message =
        field.getType() instanceof TypeName name
            && name.getName().equals("AmplifyAIConversationMessage");
    if (!message) {
      throw Check.wrong(use, "@conversation return type must be AmplifyAIConversationMessage");
    }
    inference(use);
    handler(use);
    tools(use);
  }

  private void inference(Directive use) {
    Arguments given = Arguments.of(use).object("inferenceConfiguration");
    range(use, given, "maxTokens", 1, Double.MAX_VALUE, "Minimum value of 1.");
    range(use, given, "temperature", 0, 1, "Minimum value of 0. Maximum value of 1.");
    range(use, given, "topP", 0, 1, "Minimum value of 0. Maximum value of 1.");
  }

  private void range(
      Directive use, Arguments given, String name, double from, double to, String words) {
    if (given.value(name) instanceof Number number
        && (number.doubleValue() < from || number.doubleValue() > to)) {
      throw Check.wrong(
          use,
          "@%s directive %s valid range: %s Provided: %s"
              .formatted(directive, name, words, number));
    }
  }

  private static void handler(Directive use) {
    Arguments given = Arguments.of(use);
    if (given.value("handler") == null) {
      return;
    }
    if (given.text("functionName") != null) {
      throw Check.wrong(use, "'functionName' and 'handler' are mutually exclusive");
    }
    String version = given.object("handler").text("eventVersion", "");
    if (!version.matches("(\\D*)1(\\.\\d+)*(\\D.*)?")) {
      throw Check.wrong(
          use,
          "Unsupported custom conversation handler. Expected eventVersion to match 1.x, received "
              + version);
    }
  }

  private static void tools(Directive use) {
    List<Arguments> tools = Arguments.of(use).objects("tools");
    for (Arguments tool : tools) {
      String name = tool.text("name", "");
      if (!name.matches("[a-zA-Z][a-zA-Z0-9_]{0,63}")) {
        throw Check.wrong(
            use,
            "Tool name must be between 1 and 64 characters, start with a letter, and contain only letters, numbers, and underscores. Found: "
                + name);
      }
    }
    List<String> invalid =
        tools.stream()
            .filter(tool -> !isModelTool(tool) && !isQueryTool(tool))
            .map(tool -> tool.text("name", ""))
            .toList();
    if (!invalid.isEmpty()) {
      throw Check.wrong(
          use,
          "Tool definitions must contain a modelName and modelOperation, or queryName. Invalid tools: "
              + String.join(", ", invalid));
    }
  }

  private static boolean isModelTool(Arguments tool) {
    return tool.has("modelName") && tool.has("modelOperation") && !tool.has("queryName");
  }

  private static boolean isQueryTool(Arguments tool) {
    return tool.has("queryName") && !tool.has("modelName") && !tool.has("modelOperation");
  }
}
