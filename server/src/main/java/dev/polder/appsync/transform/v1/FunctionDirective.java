package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.ast.Arguments;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.List;

/// `@function`: a field whose value a function computes, or several in a row.
final class FunctionDirective {
  private final Draft draft;

  FunctionDirective(Draft draft) {
    this.draft = draft;
  }

  void apply(ObjectTypeDefinition type, FieldDefinition field, Directive directive) {
    Arguments arguments = Arguments.of(directive);
    String name = arguments.text("name");
    if (name == null) {
      throw new SchemaException(
          Problem.at(directive, "TransformerContractError", "Must supply a 'name' to @function."));
    }
    List<Resolver.FunctionCall> calls = new ArrayList<>();
    FieldName place = new FieldName(type.getName(), field.getName());
    if (draft.resolvers().get(place) instanceof Resolver.Functions before) {
      calls.addAll(before.calls());
    }
    calls.add(new Resolver.FunctionCall(name, arguments.text("region"), null, false));
    draft.resolvers().put(place, new Resolver.Functions(calls));
  }
}
