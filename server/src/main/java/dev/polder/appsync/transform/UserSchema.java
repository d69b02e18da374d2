package dev.polder.appsync.transform;

import dev.polder.appsync.api.Extensions;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.DirectiveDefinition;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ObjectTypeExtensionDefinition;
import graphql.language.SDLDefinition;
import graphql.language.SchemaDefinition;
import java.util.ArrayList;
import java.util.List;

/// Reads the user's document into a build.
final class UserSchema {
  /// The input whose `globalAuthRule` opens every model to API keys.
  private static final String AMPLIFY = "AMPLIFY";

  private final Build build;

  UserSchema(Build build) {
    this.build = build;
  }

  void read(Document document) {
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof ObjectTypeDefinition object && !isExtension(object)) {
        build.objects.add(extended(object, document));
      }
    }
    document.getDefinitions().forEach(this::draft);
    for (ObjectTypeExtensionDefinition lone : roots(document)) {
      build.draft.root(lone.getName()).addAll(lone.getFieldDefinitions());
    }
    for (ObjectTypeDefinition object : build.objects) {
      Directives.first(object.getDirectives(), "model").ifPresent(model -> model(object, model));
    }
  }

  private static boolean isExtension(ObjectTypeDefinition definition) {
    return definition instanceof ObjectTypeExtensionDefinition;
  }

  /// A type with the fields and directives of its extensions.
  private static ObjectTypeDefinition extended(ObjectTypeDefinition object, Document document) {
    ObjectTypeDefinition all = object;
    for (var extension : document.getDefinitionsOfType(ObjectTypeExtensionDefinition.class)) {
      if (extension.getName().equals(object.getName())) {
        ObjectTypeDefinition before = all;
        all =
            before.transform(whole -> {
              whole.fieldDefinitions(
                  joined(before.getFieldDefinitions(), extension.getFieldDefinitions()));
              whole.directives(joined(before.getDirectives(), extension.getDirectives()));
            });
      }
    }
    return all;
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private void draft(Definition<?> definition) {
    switch (definition) {
      case ObjectTypeExtensionDefinition extension -> {}
      case ObjectTypeDefinition object ->
          build.objects.stream()
              .filter(merged -> merged.getName().equals(object.getName()))
              .forEach(merged -> build.draft.add(DraftType.of(merged)));
      case InterfaceTypeDefinition type -> build.draft.add(DraftType.of(type));
      case InputObjectTypeDefinition input -> input(input);
      case EnumTypeDefinition type -> build.draft.add(DraftType.of(type));
      case DirectiveDefinition own -> {}
      case SchemaDefinition roots -> extensions(roots);
      case SDLDefinition<?> other -> build.draft.others.add(other);
      default -> {}
    }
  }

  private void extensions(SchemaDefinition definition) {
    for (Directive directive : definition.getDirectives()) {
      if (directive.getName().equals("polder")) {
        var given = Directives.arguments(directive);
        build.extensions =
            new Extensions(
                Boolean.TRUE.equals(given.get("filterBeforeLimit")),
                Boolean.TRUE.equals(given.get("atomicMutations")));
      }
    }
  }

  private void input(InputObjectTypeDefinition input) {
    if (input.getName().equals(AMPLIFY)) {
      build.sandbox = true;
    } else {
      build.draft.add(DraftType.of(input));
    }
  }

  private List<ObjectTypeExtensionDefinition> roots(Document document) {
    return document.getDefinitionsOfType(ObjectTypeExtensionDefinition.class).stream()
        .filter(extension -> !build.draft.has(extension.getName()))
        .toList();
  }

  private void model(ObjectTypeDefinition object, Directive directive) {
    build.models.put(object.getName(), modelOf(object, directive, false));
  }

  ModelDraft modelOf(ObjectTypeDefinition object, Directive directive, boolean join) {
    boolean sync = build.options.conflicts().of(object.getName()).isPresent();
    boolean merged = build.options.flag("shouldDeepMergeDirectiveConfigDefaults", true);
    var operations = Operations.of(object.getName(), directive, sync, merged);
    return new ModelDraft(object, operations, sync, join);
  }
}
