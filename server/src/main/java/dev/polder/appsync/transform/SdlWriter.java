package dev.polder.appsync.transform;

import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.AstPrinter;
import graphql.language.Description;
import graphql.language.Directive;
import graphql.language.SDLDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a schema, without the directives that only the transform understands.
final class SdlWriter {
  /// The directives that AppSync itself understands.
  static final Set<String> KEPT =
      Set.of(
          "aws_subscribe",
          "aws_auth",
          "aws_api_key",
          "aws_iam",
          "aws_oidc",
          "aws_lambda",
          "aws_cognito_user_pools",
          "deprecated");

  private final StringBuilder out = new StringBuilder();

  private SdlWriter() {}

  static String write(Draft draft) {
    SdlWriter writer = new SdlWriter();
    draft.types.values().stream().filter(SdlWriter::hasContent).forEach(writer::type);
    for (SDLDefinition<?> other : draft.others) {
      writer.out.append(AstPrinter.printAst(other)).append("\n\n");
    }
    return writer.out.toString();
  }

  private static boolean hasContent(DraftType type) {
    return !type.fields.isEmpty() || !type.values.isEmpty();
  }

  private void type(DraftType type) {
    describe(type.description, "");
    out.append(keyword(type.kind)).append(' ').append(type.name);
    if (!type.interfaces.isEmpty()) {
      out.append(" implements ")
          .append(
              type.interfaces.stream()
                  .map(AstPrinter::printAstCompact)
                  .collect(Collectors.joining(" & ")));
    }
    directives(type.directives);
    out.append(" {\n");
    type.fields.values().forEach(this::field);
    type.values.forEach(value -> out.append("  ").append(value).append('\n'));
    out.append("}\n\n");
  }

  private static String keyword(DraftType.Kind kind) {
    return switch (kind) {
      case OBJECT -> "type";
      case INTERFACE -> "interface";
      case INPUT -> "input";
      case ENUM -> "enum";
    };
  }

  private void field(DraftField field) {
    describe(field.description, "  ");
    out.append("  ").append(field.name);
    if (!field.arguments.isEmpty()) {
      out.append(
          field.arguments.stream()
              .map(SdlWriter::argument)
              .collect(Collectors.joining(", ", "(", ")")));
    }
    out.append(": ").append(TypeRef.text(field.type)).append(initial(field));
    directives(field.directives);
    out.append('\n');
  }

  private static String argument(DraftField argument) {
    return argument.name + ": " + TypeRef.text(argument.type) + initial(argument);
  }

  private static String initial(DraftField field) {
    return field.initial == null ? "" : " = " + AstPrinter.printAstCompact(field.initial);
  }

  private void directives(List<Directive> directives) {
    for (Directive directive : directives) {
      if (KEPT.contains(directive.getName())) {
        out.append(' ').append(text(directive));
      }
    }
  }

  private static String text(Directive directive) {
    return directive.getArguments().isEmpty()
        ? "@" + directive.getName()
        : AstPrinter.printAstCompact(directive);
  }

  private void describe(@Nullable Description description, String indent) {
    if (description != null) {
      String text = description.getContent().replace("\"\"\"", "\\\"\"\"");
      out.append(indent).append("\"\"\"\n");
      text.lines().forEach(line -> out.append(indent).append(line).append('\n'));
      out.append(indent).append("\"\"\"\n");
    }
  }
}
