package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.ast.HttpField;
import dev.polder.appsync.transform.ast.Scalars;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;

/// `@http`: a field whose value another host gives.
final class HttpDirective {
  private final Draft draft;

  HttpDirective(Draft draft) {
    this.draft = draft;
  }

  void apply(ObjectTypeDefinition type, FieldDefinition field, Directive directive) {
    HttpField http =
        HttpField.of(type.getName(), field, directive, Scalars::isScalar)
            .orElseThrow(() ->
                new SchemaException(
                    Problem.at(
                        directive,
                        "TransformerContractError",
                        "@http directive requires a url parameter that begins with http:// or"
                            + " https://.")));
    http.inputs().forEach(draft::addIfAbsent);
    if (!http.arguments().isEmpty()) {
      draft.changeField(
          type.getName(),
          field.getName(),
          present -> present.transform(copy -> copy.inputValueDefinitions(http.arguments())));
    }
    draft.resolvers().put(new FieldName(type.getName(), field.getName()), http.resolver());
  }
}
