package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.TypeRef;
import dev.polder.appsync.transform.check.Source.Place;
import graphql.language.ArrayValue;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.DirectiveDefinition;
import graphql.language.DirectivesContainer;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValue;
import graphql.language.EnumValueDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.Node;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.ScalarTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.Value;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the arguments of directives have values of their types.
final class ArgumentValues {
  private final Known known;
  private final Findings findings;
  private final Suggestions suggestions = new Suggestions();
  private final ScalarValues scalars = new ScalarValues();

  ArgumentValues(Known known, Findings findings) {
    this.known = known;
    this.findings = findings;
  }

  /// Looks at the directives of a definition and of all its parts, in the order of the text.
  void visit(Source source, Definition<?> definition) {
    walk(source, definition);
  }

  private void walk(Source source, Node<?> node) {
    if (node instanceof Directive directive) {
      check(source, directive);
      return;
    }
    // Directives of a type stand before its fields, those of a field behind its arguments.
    boolean first = node instanceof Definition<?>;
    if (first) {
      directives(source, node);
    }
    for (Node<?> child : node.getChildren()) {
      if (!(child instanceof Directive) && !(child instanceof Type) && !(child instanceof Value)) {
        walk(source, child);
      }
    }
    if (!first) {
      directives(source, node);
    }
  }

  private void directives(Source source, Node<?> node) {
    if (node instanceof DirectivesContainer<?> container) {
      container.getDirectives().forEach(directive -> check(source, directive));
    }
  }

  private void check(Source source, Directive directive) {
    DirectiveDefinition definition = known.directive(directive.getName());
    if (definition == null) {
      return;
    }
    directive
        .getArguments()
        .forEach(argument ->
            definition.getInputValueDefinitions().stream()
                .filter(one -> one.getName().equals(argument.getName()))
                .findFirst()
                .ifPresent(one -> value(source, argument.getValue(), one.getType())));
  }

  /// @param type the type that is expected; null where none is known
  private void value(Source source, Value<?> value, @Nullable Type<?> type) {
    switch (value) {
      case ArrayValue list -> list(source, list, type);
      case ObjectValue object -> object(source, object, type);
      case NullValue _ -> {
        if (type != null && TypeRef.isRequired(type)) {
          wrong(source, value, type);
        }
      }
      default -> leaf(source, value, type);
    }
  }

  private void wrong(Source source, Value<?> value, Type<?> type) {
    findings.add(
        "Expected value of type \"%s\", found %s."
            .formatted(Literals.print(type), Literals.print(value)),
        source.place(value));
  }

  private void list(Source source, ArrayValue list, @Nullable Type<?> type) {
    if (type != null && TypeRef.nullable(type) instanceof ListType lists) {
      for (Value<?> one : list.getValues()) {
        value(source, one, lists.getType());
      }
    } else {
      leaf(source, list, type == null ? null : TypeRef.nullable(type));
    }
  }

  private void object(Source source, ObjectValue object, @Nullable Type<?> type) {
    InputObjectTypeDefinition input =
        type != null && known.type(TypeRef.base(type)) instanceof InputObjectTypeDefinition found
            ? found
            : null;
    if (input == null) {
      leaf(source, object, type);
      return;
    }
    List<InputValueDefinition> fields = input.getInputValueDefinitions();
    for (InputValueDefinition field : fields) {
      boolean needed = TypeRef.isRequired(field.getType()) && field.getDefaultValue() == null;
      boolean given =
          object.getObjectFields().stream().anyMatch(one -> one.getName().equals(field.getName()));
      if (needed && !given) {
        findings.add(
            "Field \"%s.%s\" of required type \"%s\" was not provided."
                .formatted(input.getName(), field.getName(), Literals.print(field.getType())),
            source.place(object));
      }
    }
    Iterator<Place> places = source.members(object).iterator();
    object.getObjectFields().forEach(field -> member(source, places.next(), field, input));
  }

  private void member(
      Source source, Place place, ObjectField field, InputObjectTypeDefinition input) {
    Optional<InputValueDefinition> definition =
        input.getInputValueDefinitions().stream()
            .filter(one -> one.getName().equals(field.getName()))
            .findFirst();
    if (definition.isEmpty()) {
      findings.add(
          "Field \"%s\" is not defined by type \"%s\".%s"
              .formatted(
                  field.getName(),
                  input.getName(),
                  suggestions.question(field.getName(), suggested(input.getName()))),
          place);
    }
    value(source, field.getValue(), definition.map(InputValueDefinition::getType).orElse(null));
  }

  private List<String> suggested(String input) {
    return known.suggestedType(input) instanceof InputObjectTypeDefinition definition
        ? definition.getInputValueDefinitions().stream().map(InputValueDefinition::getName).toList()
        : List.of();
  }

  private void leaf(Source source, Value<?> value, @Nullable Type<?> type) {
    if (type == null) {
      return;
    }
    String base = TypeRef.base(type);
    TypeDefinition<?> definition = Known.STANDARD.contains(base) ? null : known.type(base);
    switch (definition) {
      case EnumTypeDefinition enumeration -> enumeration(source, value, enumeration);
      case ScalarTypeDefinition _ -> {}
      case null -> {
        String message = scalars.check(base, value);
        if (!message.isEmpty()) {
          findings.add(message, source.place(value));
        }
      }
      default -> wrong(source, value, type);
    }
  }

  private void enumeration(Source source, Value<?> value, EnumTypeDefinition enumeration) {
    List<String> names =
        enumeration.getEnumValueDefinitions().stream().map(EnumValueDefinition::getName).toList();
    String printed = Literals.print(value);
    String question = suggestions.question("the enum value", printed, names);
    if (!(value instanceof EnumValue one)) {
      findings.add(
          "Enum \"%s\" cannot represent non-enum value: %s.%s"
              .formatted(enumeration.getName(), printed, question),
          source.place(value));
    } else if (!names.contains(Objects.requireNonNull(one.getName()))) {
      findings.add(
          "Value \"%s\" does not exist in \"%s\" enum.%s"
              .formatted(printed, enumeration.getName(), question),
          source.place(value));
    }
  }
}
