package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.ModelField;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.Scalars;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The older form of `@connection`, `(name, keyField, sortField)`: a foreign key that need not be a
/// field, and an index `gsi-<name>` on it.
final class NamedConnection {
  private final Draft draft;
  private final ConnectionDirective connections;
  private final DraftModel from;
  private final FieldDefinition field;
  private final DraftModel related;
  private final Directive directive;
  private final Arguments arguments;
  private final String name;
  private final Optional<FieldDefinition> other;
  private final @Nullable String sortField;

  NamedConnection(
      Draft draft,
      ConnectionDirective connections,
      DraftModel from,
      FieldDefinition field,
      DraftModel related,
      Directive directive) {
    this.draft = draft;
    this.connections = connections;
    this.from = from;
    this.field = field;
    this.related = related;
    this.directive = directive;
    this.arguments = Arguments.of(directive);
    String given = arguments.text("name");
    this.name = given == null ? from.type() + "." + field.getName() : given;
    this.other = given == null ? Optional.empty() : otherHalf(given);
    this.sortField =
        other.map(half -> connection(half).orElseThrow().text("sortField")).orElse(null);
  }

  private static Optional<Arguments> connection(FieldDefinition field) {
    return field.getDirectives("connection").stream().map(Arguments::of).findFirst();
  }

  private Optional<FieldDefinition> otherHalf(String given) {
    return related.written().getFieldDefinitions().stream()
        .filter(candidate -> candidate != field)
        .filter(candidate ->
            connection(candidate).map(half -> given.equals(half.text("name"))).orElse(false))
        .findFirst();
  }

  void apply() {
    if (arguments.text("name") != null && other.isEmpty()) {
      throw ConnectionDirective.wrong(
          directive,
          "Found one half of connection \"%s\" at %s.%s but no related field on type %s"
              .formatted(name, from.type(), field.getName(), related.type()));
    }
    checkSortField();
    boolean toMany = TypeRef.isList(field.getType());
    Optional<Boolean> fromMany = other.map(half -> TypeRef.isList(half.getType()));
    if (toMany && fromMany.orElse(false)) {
      throw ConnectionDirective.wrong(
          directive,
          "Invalid Connection (%s): Many to Many connections are not yet supported."
              .formatted(name));
    }
    if (toMany) {
      list(fromMany.isPresent());
    } else if (fromMany.orElse(false)) {
      partOfList();
    } else {
      single();
    }
  }

  /// The other half's sort field, if it is on this side.
  private Optional<FieldDefinition> ownSortField() {
    return sortField == null ? Optional.empty() : find(from.written(), sortField);
  }

  private void checkSortField() {
    ownSortField()
        .ifPresent(sort -> {
          String base = TypeRef.base(sort.getType());
          if (TypeRef.isList(sort.getType())) {
            throw ConnectionDirective.wrong(
                directive,
                "sortField \"%s\" is a list. It should be a scalar.".formatted(sortField));
          }
          if (!Scalars.isKey(base)) {
            throw ConnectionDirective.wrong(
                directive,
                ("sortField \"%s\" is of type \"%s\". It should be a scalar that maps to a"
                        + " DynamoDB \"String\", \"Number\", or \"Binary\"")
                    .formatted(sortField, base));
          }
        });
  }

  /// A list: the foreign key is with the children. A named connection's other half makes the index.
  private void list(boolean named) {
    String attribute =
        keyField(
            named
                ? Names.camel(List.of(related.type(), other.orElseThrow().getName(), "id"))
                : Names.camel(List.of(from.type(), field.getName(), "id")));
    checkKeyField(related.written(), attribute);
    if (!named) {
      addIndex(related, attribute, List.of());
      addForeignKey(related, attribute, false);
    }
    draft
        .resolvers()
        .put(
            new FieldName(from.type(), field.getName()),
            new Resolver.Children(
                related.type(),
                "gsi-" + name,
                List.of(keyOf(from)),
                true,
                ConnectionDirective.limit(Arguments.of(directive))));
    Optional<InputValueDefinition> sort =
        sortField == null || find(related.written(), sortField).isEmpty()
            ? Optional.empty()
            : Optional.of(connections.sortArgument(related, sortField));
    connections.makePaged(from, field, related, sort);
  }

  /// The side of a named connection that is one of a list: it holds the foreign key.
  private void partOfList() {
    if (sortField != null && ownSortField().isEmpty()) {
      throw ConnectionDirective.wrong(
          directive,
          "sortField \"%s\" not found on type \"%s\", other half of connection \"%s\"."
              .formatted(sortField, from.type(), name));
    }
    String attribute = keyField(Names.camel(List.of(from.type(), field.getName(), "id")));
    checkKeyField(from.written(), attribute);
    addIndex(from, attribute, sortField == null ? List.of() : List.of(sortField));
    addForeignKey(from, attribute, TypeRef.isRequired(field.getType()));
    addOne(List.of(attribute));
  }

  /// One object by its key, wherever the other side keeps its own.
  private void single() {
    String attribute = keyField(Names.camel(List.of(from.type(), field.getName(), "id")));
    String sort = arguments.text("sortField");
    if (sort != null) {
      checkSortOfTable(sort);
    }
    checkKeyField(from.written(), attribute);
    addForeignKey(from, attribute, TypeRef.isRequired(field.getType()));
    addOne(sort == null ? List.of(attribute) : List.of(attribute, sort));
  }

  private void checkSortOfTable(String sort) {
    if (related.key.sort().size() != 1) {
      throw ConnectionDirective.wrong(
          directive,
          ("sortField \"%s\" requires a primary @key on type \"%s\" with a sort key that was not"
                  + " found.")
              .formatted(sort, related.type()));
    }
    FieldDefinition own =
        find(from.written(), sort)
            .orElseThrow(() ->
                ConnectionDirective.wrong(
                    directive,
                    "sortField with name \"%s cannot be found on type: %s"
                        .formatted(sort, from.type())));
    String keyField = related.key.sort().getFirst();
    Type<?> keyType = find(related.written(), keyField).orElseThrow().getType();
    if (!TypeRef.base(keyType).equals(TypeRef.base(own.getType()))) {
      throw ConnectionDirective.wrong(
          directive,
          "sortField \"%s\" on type \"%s\" is not matching the type of field \"%s\" on type \"%s\""
              .formatted(keyField, related.type(), sort, from.type()));
    }
  }

  private String keyField(String standard) {
    return arguments.text("keyField", standard);
  }

  private void checkKeyField(ObjectTypeDefinition type, String attribute) {
    find(type, attribute)
        .ifPresent(present -> {
          String base = TypeRef.base(present.getType());
          boolean text = base.equals("ID") || base.equals("String");
          if (!text || TypeRef.isList(present.getType())) {
            throw ConnectionDirective.wrong(
                directive,
                "If you define a field and specify it as a 'keyField', it must be of type 'ID'"
                    + " or 'String'.");
          }
        });
  }

  private void addIndex(DraftModel model, String attribute, List<String> sort) {
    if (model.index("gsi-" + name).isEmpty()) {
      model.indexes.add(new TableIndex("gsi-" + name, new TableKey(attribute, sort), false));
    }
  }

  /// The foreign key is in the inputs even where it is not in the type.
  private void addForeignKey(DraftModel model, String attribute, boolean required) {
    Type<?> id = TypeRef.named("ID");
    Inputs.add(
        draft, Names.createInput(model.type()), attribute, required ? TypeRef.required(id) : id);
    Inputs.add(draft, Names.updateInput(model.type()), attribute, id);
    if (find(model.written(), attribute).isEmpty()) {
      model.hidden.put(
          attribute, new ModelField(attribute, attribute, "ID", false, required, null));
    }
  }

  private void addOne(List<String> keys) {
    draft
        .resolvers()
        .put(
            new FieldName(from.type(), field.getName()),
            new Resolver.One(related.type(), null, keys));
  }

  /// The field by whose value the parent is known: its partition key, unless its key has more than
  /// two fields.
  private static String keyOf(DraftModel model) {
    return model.key.fields().size() > 2 ? "id" : model.key.partition();
  }

  private static Optional<FieldDefinition> find(ObjectTypeDefinition type, String name) {
    return type.getFieldDefinitions().stream()
        .filter(candidate -> candidate.getName().equals(name))
        .findFirst();
  }
}
