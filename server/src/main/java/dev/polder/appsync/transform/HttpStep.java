package dev.polder.appsync.transform;

import dev.polder.appsync.transform.ast.HttpField;
import dev.polder.appsync.transform.ast.Scalars;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;

/// `@http`: fields whose values other hosts give.
final class HttpStep {
  private final Build build;

  HttpStep(Build build) {
    this.build = build;
  }

  void apply() {
    for (ObjectTypeDefinition type : build.objects.values()) {
      for (FieldDefinition field : type.getFieldDefinitions()) {
        Directives.first(field.getDirectives(), "http")
            .flatMap(directive -> HttpField.of(type.getName(), field, directive, Scalars::isScalar))
            .ifPresent(http -> apply(type.getName(), field.getName(), http));
      }
    }
  }

  private void apply(String type, String field, HttpField http) {
    http.inputs().forEach(input -> build.draft.add(DraftType.of(input)));
    DraftType owner = build.draft.type(type);
    if (!http.arguments().isEmpty() && owner != null) {
      DraftField drafted = owner.field(field);
      drafted.arguments.clear();
      http.arguments().forEach(argument -> drafted.arguments.add(DraftField.of(argument)));
    }
    build.resolve(type, field, http.resolver());
  }
}
