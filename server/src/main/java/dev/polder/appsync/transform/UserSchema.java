package dev.polder.appsync.transform;

import dev.polder.appsync.api.Extensions;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.DirectiveDefinition;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumTypeExtensionDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputObjectTypeExtensionDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.InterfaceTypeExtensionDefinition;
import graphql.language.NamedNode;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ObjectTypeExtensionDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.SchemaDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads the user's document into a build.
final class UserSchema {
  /// The input whose `globalAuthRule` opens every model to API keys.
  private static final String AMPLIFY = "AMPLIFY";

  private final Build build;

  UserSchema(Build build) {
    this.build = build;
  }

  void read(Document document) {
    Set<String> names = new LinkedHashSet<>();
    document
        .getDefinitionsOfType(ObjectTypeDefinition.class)
        .forEach(object -> names.add(object.getName()));
    names.forEach(name -> build.objects.add(whole(name, document)));
    document.getDefinitions().forEach(this::draft);
    document.getDefinitions().forEach(this::extend);
    for (ObjectTypeDefinition object : build.objects) {
      Directives.first(object.getDirectives(), "model").ifPresent(model -> model(object, model));
    }
  }

  /// A type with its extensions; one that is only extended, such as `Query`, begins empty.
  private static ObjectTypeDefinition whole(String name, Document document) {
    ObjectTypeDefinition written =
        document.getDefinitionsOfType(ObjectTypeDefinition.class).stream()
            .filter(object -> object.getName().equals(name) && !isExtension(object))
            .findFirst()
            .orElseGet(() -> ObjectTypeDefinition.newObjectTypeDefinition().name(name).build());
    return extended(written, document);
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
      case ObjectTypeDefinition object ->
          build.objects.stream()
              .filter(whole -> whole.getName().equals(object.getName()))
              .forEach(whole -> build.draft.add(DraftType.of(whole)));
      case InterfaceTypeExtensionDefinition extension -> {}
      case InputObjectTypeExtensionDefinition extension -> {}
      case EnumTypeExtensionDefinition extension -> {}
      case InterfaceTypeDefinition type -> build.draft.add(DraftType.of(type));
      case InputObjectTypeDefinition input -> input(input);
      case EnumTypeDefinition type -> build.draft.add(DraftType.of(type));
      case DirectiveDefinition own -> {}
      case SchemaDefinition roots -> schema(roots);
      case SDLDefinition<?> other -> build.draft.others.add(other);
      default -> {}
    }
  }

  /// Adds what extensions of other types than objects add.
  private void extend(Definition<?> definition) {
    DraftType type = definition instanceof NamedNode<?> n ? build.draft.type(n.getName()) : null;
    switch (definition) {
      case InterfaceTypeExtensionDefinition extension when type != null ->
          type.addAll(extension.getFieldDefinitions());
      case InputObjectTypeExtensionDefinition extension when type != null ->
          extension
              .getInputValueDefinitions()
              .forEach(value -> type.fields.putIfAbsent(value.getName(), DraftField.of(value)));
      case EnumTypeExtensionDefinition extension when type != null ->
          extension.getEnumValueDefinitions().forEach(value -> type.values.add(value.getName()));
      default -> {}
    }
  }

  private void schema(SchemaDefinition definition) {
    for (OperationTypeDefinition root : definition.getOperationTypeDefinitions()) {
      if (!root.getTypeName().getName().equals(Words.upper(root.getName()))) {
        throw new SchemaException(
            Problem.at(
                root,
                "SchemaValidationError",
                "Another type than "
                    + Words.upper(root.getName())
                    + " for "
                    + root.getName()
                    + " is not supported by Polder."));
      }
    }
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
