package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.TypeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `@hasMany`, `@hasOne` and `@belongsTo`.
final class RelationCheck implements Check {
  private final Types types;
  private final Kind kind;
  private final List<Relation> byFields = new ArrayList<>();
  private final List<Relation> byReferences = new ArrayList<>();
  private final List<Relation> all = new ArrayList<>();

  RelationCheck(Types types, Kind kind) {
    this.types = types;
    this.kind = kind;
  }

  enum Kind {
    HAS_MANY("hasMany"),
    HAS_ONE("hasOne"),
    BELONGS_TO("belongsTo");

    private final String directive;

    Kind(String directive) {
      this.directive = directive;
    }
  }

  /// A use of one of the directives.
  record Relation(
      ImplementingTypeDefinition<?> from,
      FieldDefinition field,
      Directive directive,
      ObjectTypeDefinition related) {
    Arguments arguments() {
      return Arguments.of(directive);
    }

    String name() {
      return directive.getName();
    }

    String place() {
      return from.getName() + "." + field.getName();
    }
  }

  @Override
  public String directive() {
    return kind.directive;
  }

  @Override
  public void field(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive directive) {
    Arguments given = Arguments.of(directive);
    checkForm(parent, field, directive, given);
    ObjectTypeDefinition related = related(field, directive);
    Relation relation = new Relation(parent, field, directive, related);
    if (hasReferences(given)) {
      checkOneForm(relation, given);
      new ReferencesCheck(types, relation, kind).check();
      byReferences.add(relation);
    } else {
      checkFields(relation, given);
      byFields.add(relation);
    }
    checkModels(relation);
    all.add(relation);
  }

  private void checkForm(
      ImplementingTypeDefinition<?> parent,
      FieldDefinition field,
      Directive directive,
      Arguments given) {
    if (kind == Kind.HAS_MANY && !TypeRef.isList(field.getType())) {
      throw Check.wrong(
          directive, "@hasMany must be used with a list. Use @hasOne for non-list types.");
    }
    if (kind == Kind.BELONGS_TO
        && given.text("overrideIndexName") != null
        && !hasReferences(given)) {
      throw Check.wrong(
          directive,
          ("overrideIndexName cannot be used on @belongsTo without references. Modify %s.%s to use"
                  + " references or remove overrideIndexName.")
              .formatted(parent.getName(), field.getName()));
    }
  }

  /// True for `references` with anything in it, an empty list too.
  private static boolean hasReferences(Arguments given) {
    return given.value("references") instanceof List<?> || given.text("references") != null;
  }

  private ObjectTypeDefinition related(FieldDefinition field, Directive directive) {
    String name = TypeRef.base(field.getType());
    if (!types.isStored(name)) {
      if (field.getType() instanceof TypeName) {
        throw Check.wrong(
            directive, "Object type %s must be annotated with @model.".formatted(name));
      }
      // Amplify fails to name the type in this case.
      throw Check.error(
          directive, "TypeError", "Cannot read properties of undefined (reading 'value')");
    }
    return types
        .object(name)
        .orElseThrow(() ->
            Check.error(
                directive,
                "Error",
                "Could not find related type with name %s while processing relationships."
                    .formatted(name)));
  }

  private void checkOneForm(Relation relation, Arguments given) {
    if (given.value("fields") instanceof List<?> || given.text("fields") != null) {
      throw Check.wrong(
          relation.directive(),
          "fields and references cannot be defined in the same %s. Use 'references'"
              .formatted(relation.name()));
    }
    if (given.texts("references").isEmpty()) {
      String message =
          "Invalid @%s directive on %s - empty references list"
              .formatted(relation.name(), relation.field().getName());
      throw kind == Kind.HAS_MANY
          ? Check.wrong(relation.directive(), message)
          : Check.error(relation.directive(), "Error", message);
    }
  }

  private void checkFields(Relation relation, Arguments given) {
    if (given.value("fields") instanceof List<?> list && list.isEmpty()) {
      throw Check.wrong(
          relation.directive(), "No fields passed to @%s directive.".formatted(relation.name()));
    }
    for (String name : given.texts("fields")) {
      FieldDefinition field =
          Types.field(relation.from(), name)
              .orElseThrow(() ->
                  Check.wrong(
                      relation.directive(),
                      "%s is not a field in %s".formatted(name, relation.from().getName())));
      if (!types.isScalarOrEnum(field.getType())) {
        throw Check.wrong(
            relation.directive(),
            "All fields provided to @%s must be scalar or enum fields.".formatted(relation.name()));
      }
    }
  }

  private void checkModels(Relation relation) {
    if (!Types.isModel(relation.from())) {
      throw Check.wrong(
          relation.directive(),
          "@%s must be on an @model object type field.".formatted(relation.name()));
    }
    boolean list = TypeRef.isList(relation.field().getType());
    if (list && kind == Kind.HAS_ONE) {
      throw Check.wrong(
          relation.directive(), "@hasOne cannot be used with lists. Use @hasMany instead.");
    }
    if (list && kind == Kind.BELONGS_TO) {
      throw Check.wrong(relation.directive(), "@belongsTo cannot be used with lists.");
    }
    ObjectTypeDefinition related = relation.related();
    if (!Types.isModel(related)) {
      throw Check.wrong(
          relation.directive(),
          "Object type %s must be annotated with @model.".formatted(related.getName()));
    }
    if (kind == Kind.BELONGS_TO) {
      checkOtherSide(relation);
    } else {
      checkSync(relation);
    }
  }

  private static boolean pointsBack(Relation relation) {
    return relation.related().getFieldDefinitions().stream()
        .filter(field -> TypeRef.base(field.getType()).equals(relation.from().getName()))
        .anyMatch(field -> field.hasDirective("hasOne") || field.hasDirective("hasMany"));
  }

  private static void checkOtherSide(Relation relation) {
    if (!pointsBack(relation)) {
      throw Check.wrong(
          relation.directive(),
          "%s must have a relationship with %s in order to use @belongsTo."
              .formatted(relation.related().getName(), relation.from().getName()));
    }
  }

  private void checkSync(Relation relation) {
    boolean sync =
        types.options().conflicts().project().isPresent()
            || !types.options().conflicts().models().isEmpty();
    String from = relation.from().getName();
    String related = relation.related().getName();
    if (sync && !from.equals(related) && pointsBack(relation)) {
      throw Check.wrong(
          relation.directive(),
          ("%s and %s cannot refer to each other via @hasOne or @hasMany when DataStore is in use."
                  + " Use @belongsTo instead. See"
                  + " https://docs.amplify.aws/cli/graphql/data-modeling/#belongs-to-relationship")
              .formatted(from, related));
    }
  }

  /// Amplify takes the answer of a `@hasOne` by references for a list where it has renamed fields
  /// of the model that it leads to before: those that relations add to models with `@mapsTo`, or to
  /// those that such models have many of.
  @Override
  public void prepared() {
    if (kind != Kind.HAS_ONE) {
      return;
    }
    Set<String> mapped = new HashSet<>();
    types.objects().stream()
        .filter(RelationCheck::isRenamed)
        .flatMap(type -> type.getFieldDefinitions().stream())
        .filter(field -> field.hasDirective("hasMany"))
        .forEach(field -> mapped.add(TypeRef.base(field.getType())));
    for (Relation relation : all) {
      if (byReferences.contains(relation) && mapped.contains(relation.related().getName())) {
        throw Check.error(
            relation.directive(),
            "Error",
            "Resolver of type [%s] and field [%s] already registered with isList set to [true]"
                .formatted(relation.from().getName(), relation.field().getName()));
      }
      if (isRenamed(relation.from())) {
        mapped.add(relation.from().getName());
      }
    }
  }

  private static boolean isRenamed(ImplementingTypeDefinition<?> type) {
    return Types.has(type.getDirectives(), "mapsTo");
  }

  @Override
  public void generated() {
    byFields.forEach(this::checkKey);
  }

  /// The fields of a relation have the types of the key that they are compared with.
  private void checkKey(Relation relation) {
    Optional<String> index =
        kind == Kind.HAS_MANY
            ? Optional.ofNullable(relation.arguments().text("indexName"))
            : Optional.empty();
    Optional<FieldDefinition> partition = Keys.partition(relation.related(), index);
    if (partition.isEmpty() && index.isPresent()) {
      throw Check.wrong(
          relation.directive(),
          "Index %s does not exist for model %s"
              .formatted(index.get(), relation.related().getName()));
    }
    List<String> fields = relation.arguments().texts("fields");
    if (fields.isEmpty()) {
      return;
    }
    FieldDefinition first = partition.or(() -> Keys.field(relation.related(), "id")).orElseThrow();
    same(relation, fields.getFirst(), first);
    List<String> sort =
        partition.flatMap(field -> Keys.key(field, index)).map(Keys::sortFields).orElse(List.of());
    if (fields.size() > 1 && sort.size() != fields.size() - 1) {
      throw Check.wrong(
          relation.directive(),
          "Invalid @%s directive on %s. Partial sort keys are not accepted."
              .formatted(relation.name(), relation.field().getName()));
    }
    for (int i = 1; i < fields.size(); i++) {
      String field = fields.get(i);
      Types.field(relation.related(), sort.get(i - 1)).ifPresent(key -> same(relation, field, key));
    }
  }

  private static void same(Relation relation, String name, FieldDefinition key) {
    String expected = TypeRef.base(key.getType());
    String found =
        Types.field(relation.from(), name)
            .map(field -> TypeRef.base(field.getType()))
            .orElse(expected);
    if (!found.equals(expected)) {
      throw Check.wrong(
          relation.directive(), "%s field is not of type %s".formatted(name, expected));
    }
  }

  @Override
  public void resolved() {
    for (Relation relation : all) {
      if (!byReferences.contains(relation)) {
        held(relation).forEach(field -> types.checkNoEnum(field, relation.directive()));
      } else {
        if (kind != Kind.BELONGS_TO) {
          checkIndex(relation);
        }
        compared(relation).forEach(field -> types.checkNoEnum(field, relation.directive()));
      }
      if (kind == Kind.BELONGS_TO && relation.field().hasDirective("hasOne")) {
        throw Check.resolvedBefore(relation.directive(), relation.from(), relation.field());
      }
    }
  }

  private static void checkIndex(Relation relation) {
    String index = "gsi-" + relation.place();
    boolean taken =
        relation.related().getFieldDefinitions().stream()
            .flatMap(field -> field.getDirectives("index").stream())
            .anyMatch(one -> index.equals(Arguments.of(one).text("name")));
    if (taken) {
      throw Check.wrong(
          relation.directive(),
          ("Global secondary index %s defined on %s conflicts with the naming convention used to"
                  + " create implicit GSIs for querying relationships. Please rename your @index")
              .formatted(index, relation.related().getName()));
    }
  }

  /// The fields of this model whose values a relation by fields looks for: the partition's, and the
  /// sort key's where it is a single one.
  private Stream<FieldDefinition> held(Relation relation) {
    List<String> fields = relation.arguments().texts("fields");
    if (kind == Kind.HAS_MANY) {
      return fields.size() == 1 ? conditioned(relation) : Stream.empty();
    }
    List<FieldDefinition> key = Keys.primary(relation.related(), relation.directive());
    List<FieldDefinition> looked = key.size() == 2 ? key : key.subList(0, 1);
    return fields.isEmpty()
        ? looked.stream().skip(respectsKeys() ? 0 : 1)
        : fields.subList(0, Math.min(fields.size(), looked.size())).stream()
            .flatMap(name -> Types.field(relation.from(), name).stream());
  }

  /// Without this flag, the field that a relation adds for the partition's part of a key is an ID.
  private boolean respectsKeys() {
    return types.options().flag("respectPrimaryKeyAttributesOnConnectionField", true);
  }

  /// The sort key of a list's index, by which callers may narrow the list.
  private static Stream<FieldDefinition> conditioned(Relation relation) {
    Optional<String> index = Optional.ofNullable(relation.arguments().text("indexName"));
    List<String> sort =
        Keys.partition(relation.related(), index)
            .flatMap(field -> Keys.key(field, index))
            .map(Keys::sortFields)
            .orElse(List.of());
    return sort.size() == 1
        ? Types.field(relation.related(), sort.getFirst()).stream()
        : Stream.empty();
  }

  /// The fields that a relation by references compares.
  private Stream<FieldDefinition> compared(Relation relation) {
    List<String> references = relation.arguments().texts("references");
    boolean pair = references.size() == 2;
    return switch (kind) {
      case HAS_MANY -> Stream.empty();
      case HAS_ONE ->
          Stream.concat(
              Types.field(relation.related(), references.getFirst()).stream(),
              pair
                  ? Keys.primary(relation.from(), relation.directive()).stream().skip(1)
                  : Stream.empty());
      case BELONGS_TO ->
          references.stream()
              .limit(pair ? 2 : 1)
              .flatMap(name -> Types.field(relation.from(), name).stream());
    };
  }
}
