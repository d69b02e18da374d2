package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.check.Definitions.Part;
import graphql.language.Definition;
import graphql.language.DirectiveDefinition;
import graphql.language.SDLExtensionDefinition;
import graphql.language.TypeDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The types and directives that a schema defines, together with those that it finds defined.
final class Known {
  /// Types that need no definition.
  static final Set<String> STANDARD =
      java.util.Collections.unmodifiableSet(
          new java.util.LinkedHashSet<>(
              List.of(
                  "String",
                  "Int",
                  "Float",
                  "Boolean",
                  "ID",
                  "__Schema",
                  "__Directive",
                  "__DirectiveLocation",
                  "__Type",
                  "__Field",
                  "__InputValue",
                  "__EnumValue",
                  "__TypeKind")));

  private final Map<String, TypeDefinition<?>> types = new LinkedHashMap<>();
  private final Map<String, TypeDefinition<?>> widened = new LinkedHashMap<>();
  private final Map<String, DirectiveDefinition> directives =
      new LinkedHashMap<>(Definitions.SPECIFIED);
  private final Map<String, DirectiveDefinition> widenedDirectives = new LinkedHashMap<>();

  /// @param parts definitions that suggestions come from
  /// @param extensions definitions that stand in the place of others and are not suggested
  Known(List<Part> parts, Part extensions) {
    parts.forEach(part -> part.definitions().forEach(this::take));
    for (Definition<?> definition : extensions.definitions()) {
      switch (definition) {
        case DirectiveDefinition directive -> widenedDirectives.put(directive.getName(), directive);
        case TypeDefinition<?> type -> widened.put(type.getName(), type);
        default -> {}
      }
    }
  }

  private void take(Definition<?> definition) {
    switch (definition) {
      case SDLExtensionDefinition _ -> {}
      case DirectiveDefinition directive -> directives.put(directive.getName(), directive);
      case TypeDefinition<?> type -> types.put(type.getName(), type);
      default -> {}
    }
  }

  @Nullable TypeDefinition<?> type(String name) {
    return widened.getOrDefault(name, types.get(name));
  }

  /// The type as it is suggested.
  @Nullable TypeDefinition<?> suggestedType(String name) {
    return types.get(name);
  }

  boolean isType(String name) {
    return type(name) != null || STANDARD.contains(name);
  }

  /// The names that a misspelt type may have meant.
  Collection<String> typeNames() {
    List<String> names = new ArrayList<>(STANDARD);
    names.addAll(types.keySet());
    return names;
  }

  Collection<String> definedNames() {
    return types.keySet();
  }

  @Nullable DirectiveDefinition directive(String name) {
    return widenedDirectives.getOrDefault(name, directives.get(name));
  }

  /// The directive as it is suggested.
  @Nullable DirectiveDefinition suggestedDirective(String name) {
    return directives.get(name);
  }
}
