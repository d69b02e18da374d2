package dev.polder.appsync.transform;

import dev.polder.appsync.api.Extensions;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.DirectiveDefinition;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumTypeExtensionDefinition;
import graphql.language.FieldDefinition;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the user's document into a build.
final class UserSchema {
  /// The input whose `globalAuthRule` opens every model to API keys.
  private static final String AMPLIFY = "AMPLIFY";

  private final Build build;

  UserSchema(Build build) {
    this.build = build;
  }

  void read(Document document) {
    Map<String, List<ObjectTypeDefinition>> parts = new LinkedHashMap<>();
    for (ObjectTypeDefinition part : document.getDefinitionsOfType(ObjectTypeDefinition.class)) {
      parts.computeIfAbsent(part.getName(), _ -> new ArrayList<>()).add(part);
    }
    parts.forEach((name, several) -> {
      build.objects.put(name, whole(name, several));
      build.extended.put(name, added(several));
    });
    document.getDefinitions().forEach(this::draft);
    document.getDefinitions().forEach(this::extend);
    for (ObjectTypeDefinition object : build.objects.values()) {
      Directives.first(object.getDirectives(), "model").ifPresent(model -> model(object, model));
    }
  }

  /// A type with the fields and directives of its extensions; one that is only extended, such as
  /// `Query`, begins empty.
  private static ObjectTypeDefinition whole(String name, List<ObjectTypeDefinition> parts) {
    ObjectTypeDefinition all =
        parts.stream()
            .filter(part -> !isExtension(part))
            .findFirst()
            .orElseGet(() -> ObjectTypeDefinition.newObjectTypeDefinition().name(name).build());
    for (ObjectTypeDefinition extension : parts.stream().filter(UserSchema::isExtension).toList()) {
      ObjectTypeDefinition before = all;
      all =
          before.transform(whole -> {
            whole.fieldDefinitions(
                joined(before.getFieldDefinitions(), extension.getFieldDefinitions()));
            whole.directives(joined(before.getDirectives(), extension.getDirectives()));
          });
    }
    return all;
  }

  private static Set<String> added(List<ObjectTypeDefinition> parts) {
    return parts.stream()
        .filter(UserSchema::isExtension)
        .flatMap(extension -> extension.getFieldDefinitions().stream())
        .map(FieldDefinition::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isExtension(ObjectTypeDefinition definition) {
    return definition instanceof ObjectTypeExtensionDefinition;
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private void draft(Definition<?> definition) {
    switch (definition) {
      case ObjectTypeDefinition object ->
          build.draft.add(
              DraftType.of(Objects.requireNonNull(build.objects.get(object.getName()))));
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
