package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `@connection`: a field that leads to other models.
///
/// With `fields` it follows a key of the other model, which `@key` made; without it,
/// [NamedConnection] makes foreign keys and indexes of its own.
final class ConnectionDirective {
  private static final int PAGE = 100;

  private final Draft draft;

  ConnectionDirective(Draft draft) {
    this.draft = draft;
  }

  static SchemaException wrong(Directive directive, String message) {
    return new SchemaException(Problem.directive(directive, message));
  }

  void apply(ObjectTypeDefinition parent, FieldDefinition field, Directive directive) {
    if (!parent.hasDirective("model")) {
      throw wrong(directive, "@connection must be on an @model object type field.");
    }
    String name = TypeRef.base(field.getType());
    if (draft.written(name).isEmpty()) {
      throw wrong(directive, "Could not find an object type named %s.".formatted(name));
    }
    DraftModel related = draft.models().get(name);
    if (related == null) {
      throw wrong(directive, "Object type %s must be annotated with @model.".formatted(name));
    }
    DraftModel from = draft.models().get(parent.getName());
    if (from == null) {
      // Its @model was refused.
      return;
    }
    Arguments arguments = Arguments.of(directive);
    if (arguments.has("fields")) {
      follow(from, field, related, directive);
    } else {
      new NamedConnection(draft, this, from, field, related, directive).apply();
    }
  }

  private void follow(
      DraftModel from, FieldDefinition field, DraftModel related, Directive directive) {
    Arguments arguments = Arguments.of(directive);
    List<String> fields = arguments.texts("fields");
    String keyName = arguments.text("keyName");
    ConnectionChecks checks = new ConnectionChecks(draft, from, field, related, directive);
    checks.fields(fields);
    TableKey key = keyName == null ? related.key : index(related, keyName, directive).key();
    checks.key(fields, key);
    FieldName place = new FieldName(from.type(), field.getName());
    if (TypeRef.isList(field.getType())) {
      checks.condition(fields, key);
      draft
          .resolvers()
          .put(
              place,
              new Resolver.Children(related.type(), keyName, fields, true, limit(arguments)));
      makePaged(from, field, related, sortArgument(fields, key, keyName, related));
      return;
    }
    if (keyName != null) {
      throw wrong(
          directive,
          ("Connection is to a single object but the keyName %s was provided which does not"
                  + " reference the default table.")
              .formatted(keyName));
    }
    draft.resolvers().put(place, new Resolver.One(related.type(), null, fields));
  }

  /// How many items a page holds; the tool takes none, or 0, for the standard.
  static int limit(Arguments arguments) {
    Integer given = arguments.number("limit");
    return given == null || given == 0 ? PAGE : given;
  }

  private static TableIndex index(DraftModel related, String name, Directive directive) {
    return related
        .index(name)
        .orElseThrow(() ->
            wrong(directive, "Key %s does not exist for model %s".formatted(name, related.type())));
  }

  private Optional<InputValueDefinition> sortArgument(
      List<String> fields, TableKey key, @Nullable String keyName, DraftModel related) {
    if (fields.size() > 1 || key.sort().isEmpty()) {
      return Optional.empty();
    }
    if (key.sort().size() == 1) {
      return Optional.of(sortArgument(related, key.sort().getFirst()));
    }
    return Optional.of(
        Nodes.value(
            Names.camel(key.sort()),
            Names.compositeKeyCondition(related.type(), keyName == null ? "Primary" : keyName)));
  }

  /// The argument that limits children to some of a sort key's values.
  InputValueDefinition sortArgument(DraftModel related, String field) {
    String base =
        related.written().getFieldDefinitions().stream()
            .filter(candidate -> candidate.getName().equals(field))
            .map(candidate -> TypeRef.base(candidate.getType()))
            .findFirst()
            .orElse("String");
    String scalar = draft.isEnum(base) ? "String" : base;
    new KeyConditions(draft).add(scalar);
    return Nodes.value(field, Names.keyCondition(scalar));
  }

  /// Turns a field that is written as a list into one that answers pages.
  void makePaged(
      DraftModel from,
      FieldDefinition field,
      DraftModel related,
      Optional<InputValueDefinition> sort) {
    String type = related.type();
    new ModelDirective(draft).addConnection(type);
    List<InputValueDefinition> arguments = new ArrayList<>();
    sort.ifPresent(arguments::add);
    arguments.add(Nodes.value("filter", Names.filter(type)));
    arguments.add(Nodes.value("sortDirection", "ModelSortDirection"));
    arguments.add(Nodes.value("limit", "Int"));
    arguments.add(Nodes.value("nextToken", "String"));
    draft.changeField(
        from.type(),
        field.getName(),
        present ->
            present.transform(copy ->
                copy.inputValueDefinitions(arguments).type(TypeRef.named(Names.connection(type)))));
    Filters filters = new Filters(draft);
    filters.addSortDirection();
    filters.addFilter(related.written());
  }
}
