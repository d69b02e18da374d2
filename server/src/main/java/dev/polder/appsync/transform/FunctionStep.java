package dev.polder.appsync.transform;

import dev.polder.appsync.api.Resolver;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `@function`: fields whose values functions give, one after the other.
final class FunctionStep {
  private final Build build;

  FunctionStep(Build build) {
    this.build = build;
  }

  void apply() {
    for (ObjectTypeDefinition type : build.objects.values()) {
      for (FieldDefinition field : type.getFieldDefinitions()) {
        List<Resolver.FunctionCall> calls = new ArrayList<>();
        for (Directive directive : field.getDirectives()) {
          if (directive.getName().equals("function")) {
            calls.add(call(directive));
          }
        }
        if (!calls.isEmpty()) {
          build.resolve(type.getName(), field.getName(), new Resolver.Functions(calls));
        }
      }
    }
  }

  private static Resolver.FunctionCall call(Directive directive) {
    Map<String, @Nullable Object> given = Directives.arguments(directive);
    String name = Directives.text(given, "name");
    return new Resolver.FunctionCall(
        name == null ? "" : name,
        Directives.text(given, "region"),
        Directives.text(given, "accountId"),
        "Event".equals(given.get("invocationType")));
  }
}
