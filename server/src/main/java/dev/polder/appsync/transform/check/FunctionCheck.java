package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import graphql.language.Argument;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.TypeName;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `@function`: a field that ends in a function which is not awaited has a type of its own.
record FunctionCheck(Types types) implements Check {
  private static final String RESPONSE = "EventInvocationResponse";
  private static final String SHAPE = "type EventInvocationResponse { success: Boolean! }";

  @Override
  public String directive() {
    return "function";
  }

  @Override
  public boolean onExtensions() {
    return true;
  }

  @Override
  public void field(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive directive) {
    if (!isEvent(directive)) {
      return;
    }
    if (!parent.getName().equals("Query") && !parent.getName().equals("Mutation")) {
      throw Check.wrong(
          directive,
          "@function definition with 'invocationType: Event' must be defined on Query or Mutation"
              + " field.");
    }
    if (isEvent(field.getDirectives("function").getLast())) {
      checkAnswer(field, directive);
      checkShape(directive);
    }
  }

  private static boolean isEvent(Directive directive) {
    return Arguments.of(directive).text("invocationType", "").equals("Event");
  }

  private static void checkAnswer(FieldDefinition field, Directive directive) {
    if (field.getType() instanceof TypeName name && name.getName().equals(RESPONSE)) {
      return;
    }
    throw Check.wrong(
        directive,
        ("Invalid return type %s for %s.\n"
                + "Use return type '%s' and, if necessary, add '%s' to your model schema.")
            .formatted(Literals.print(field.getType()), described(field), RESPONSE, SHAPE));
  }

  private void checkShape(Directive directive) {
    ObjectTypeDefinition response =
        types
            .object(RESPONSE)
            .orElseThrow(() ->
                Check.wrong(
                    directive,
                    "Missing '%s' definition. Add this type definition to your schema:\n%s"
                        .formatted(RESPONSE, SHAPE)));
    List<FieldDefinition> fields = response.getFieldDefinitions();
    boolean shaped =
        fields.size() == 1
            && fields.getFirst().getName().equals("success")
            && Literals.print(fields.getFirst().getType()).equals("Boolean!");
    if (!shaped) {
      throw Check.wrong(
          response,
          "Invalid '%s' definition. Update the type definition in your schema to:\n%s"
              .formatted(RESPONSE, SHAPE));
    }
  }

  /// A field in one line.
  private static String described(FieldDefinition field) {
    String arguments =
        field.getInputValueDefinitions().isEmpty()
            ? ""
            : field.getInputValueDefinitions().stream()
                .map(FunctionCheck::described)
                .collect(Collectors.joining(", ", "(", ")"));
    String directives =
        field.getDirectives().stream()
            .map(FunctionCheck::described)
            .collect(Collectors.joining(" "));
    return "%s%s: %s %s"
        .formatted(field.getName(), arguments, Literals.print(field.getType()), directives);
  }

  private static String described(InputValueDefinition argument) {
    return argument.getName() + ": " + Literals.print(argument.getType());
  }

  private static String described(Directive directive) {
    Arguments given = Arguments.of(directive);
    String arguments =
        directive.getArguments().isEmpty()
            ? ""
            : directive.getArguments().stream()
                .map(Argument::getName)
                .map(name -> name + ": " + plain(given.value(name)))
                .collect(Collectors.joining(", ", "(", ")"));
    return "@" + directive.getName() + arguments;
  }

  private static String plain(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Arguments _ -> "[object Object]";
      case List<?> list ->
          list.stream().map(one -> one == null ? "" : plain(one)).collect(Collectors.joining(","));
      default -> String.valueOf(value);
    };
  }
}
