package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;

/// `@http`.
///
/// @param written the schema's text, as the error counts characters in it
record HttpCheck(Source written) implements Check {
  @Override
  public String directive() {
    return "http";
  }

  @Override
  public boolean onExtensions() {
    return true;
  }

  @Override
  public void field(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive directive) {
    String url = Arguments.of(directive).text("url", "");
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw Check.error(
          directive,
          "TransformerContractError",
          "@http directive at location %d requires a url parameter that begins with http:// or https://."
              .formatted(written.offset(written.place(directive))));
    }
  }
}
