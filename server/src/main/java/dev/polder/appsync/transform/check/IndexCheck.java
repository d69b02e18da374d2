package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.Plural;
import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `@index`.
final class IndexCheck implements Check {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\-.]{3,255}");

  private final Types types;
  private final RootFields roots;
  private final List<KeyUse> uses = new ArrayList<>();

  IndexCheck(Types types, RootFields roots) {
    this.types = types;
    this.roots = roots;
  }

  @Override
  public String directive() {
    return "index";
  }

  @Override
  public void field(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive directive) {
    KeyUse use = new KeyUse(parent, field, directive);
    String name = name(use);
    query(use);
    use.checkNotItself();
    use.checkModel();
    boolean primary = false;
    for (FieldDefinition other : parent.getFieldDefinitions()) {
      for (Directive peer : other.getDirectives()) {
        primary |= other == field && peer.getName().equals("primaryKey");
        checkPeer(use, name, other, peer);
      }
      if (primary && other == field) {
        checkLocal(use, name, field);
      }
    }
    if (!types.isSingle(field.getType())) {
      throw Check.wrong(
          directive,
          "Index '%s' on type '%s.%s' cannot be a non-scalar."
              .formatted(name, parent.getName(), field.getName()));
    }
    use.sort().forEach(sort -> checkSort(use, name, sort));
    uses.add(use);
  }

  private static String name(KeyUse use) {
    Arguments given = Arguments.of(use.directive());
    String name = given.text("name");
    if (name != null) {
      if (!NAME.matcher(name).matches()) {
        throw Check.error(
            use.directive(),
            "Error",
            "The indexName is invalid. It should be between 3 and 255 characters. Only A–Z, a–z,"
                + " 0–9, underscore characters, hyphens, and periods allowed.");
      }
      return name;
    }
    if (given.isNull("name")) {
      throw Check.error(
          use.directive(), "Error", "Explicit null value not allowed for name field on @index");
    }
    return generated(use);
  }

  /// The query field of the index, if it has one.
  private Optional<String> query(KeyUse use) {
    Arguments given = Arguments.of(use.directive());
    Optional<String> query = Optional.ofNullable(given.text("queryField"));
    boolean automatic = types.options().flag("enableAutoIndexQueryNames", true);
    return query.isPresent() || given.isNull("queryField") || !automatic
        ? query
        : Optional.of(generated(use));
  }

  /// The name of an index that has none.
  private static String generated(KeyUse use) {
    if (Arguments.of(use.directive()).value("sortKeyFields") instanceof List<?> list
        && list.contains(null)) {
      throw Check.error(
          use.directive(), "TypeError", "Cannot read properties of null (reading 'charAt')");
    }
    String many = Plural.of(use.type().getName());
    String fields =
        Stream.concat(Stream.of(use.field().getName()), use.sort().stream())
            .map(IndexCheck::upper)
            .collect(Collectors.joining("And"));
    return many.substring(0, 1).toLowerCase(Locale.ROOT) + many.substring(1) + "By" + fields;
  }

  private static String upper(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static void checkPeer(KeyUse use, String name, FieldDefinition field, Directive peer) {
    if (peer == use.directive()) {
      return;
    }
    if (peer.getName().equals("primaryKey") && field == use.field() && !hasSort(peer)) {
      throw Check.wrong(
          use.directive(),
          ("Invalid @index '%s'. You may not create an index where the partition key is the same as"
                  + " that of the primary key unless the primary key has a sort field. You cannot"
                  + " have a local secondary index without a sort key in the primary key.")
              .formatted(name));
    }
    if (peer.getName().equals("index") && Objects.equals(name, Arguments.of(peer).text("name"))) {
      throw Check.wrong(
          use.directive(),
          "You may only supply one @index with the name '%s' on type '%s'."
              .formatted(name, use.type().getName()));
    }
  }

  /// A list counts, a single name does not.
  private static boolean hasSort(Directive directive) {
    return directive.getArgument("sortKeyFields") != null
        && directive.getArgument("sortKeyFields").getValue() instanceof ArrayValue list
        && !list.getValues().isEmpty();
  }

  private void checkLocal(KeyUse use, String name, FieldDefinition field) {
    boolean global = types.options().flag("secondaryKeyAsGSI", true);
    if (!global && field.getDirectives().stream().anyMatch(peer -> !hasSort(peer))) {
      throw Check.wrong(
          use.directive(),
          ("Invalid @index '%s'. You may not create an index where the partition key is the same as"
                  + " that of the primary key unless the index has a sort field. You cannot have a"
                  + " local secondary index without a sort key in the index.")
              .formatted(name));
    }
  }

  private void checkSort(KeyUse use, String name, String sort) {
    String type = use.type().getName();
    FieldDefinition field =
        Types.field(use.type(), sort)
            .orElseThrow(() ->
                Check.wrong(
                    use.directive(),
                    "Can't find field '%s' in %s, but it was specified in index '%s'."
                        .formatted(sort, type, name)));
    if (!types.isSingle(field.getType())) {
      throw Check.wrong(
          use.directive(),
          "The sort key of index '%s' on type '%s.%s' cannot be a non-scalar."
              .formatted(name, type, sort));
    }
  }

  @Override
  public void generated() {
    for (KeyUse use : uses) {
      query(use).ifPresent(name -> roots.add("Query", List.of(name), use.directive()));
      use.checkCondition();
    }
  }

  @Override
  public void resolved() {
    Set<List<String>> taken = new HashSet<>();
    for (KeyUse use : uses) {
      use.checkAttributes();
      Arguments projection = Arguments.of(use.directive()).object("projection");
      @Nullable String kind = projection.text("type");
      if (Objects.equals(kind, "INCLUDE") && projection.texts("nonKeyAttributes").isEmpty()) {
        throw Check.error(
            use.directive(),
            "Error",
            "@index '%s': nonKeyAttributes must be specified when projection type is INCLUDE"
                .formatted(name(use)));
      }
      if (!taken.add(List.of(use.type().getName(), name(use)))) {
        throw Check.error(
            use.directive(),
            "DuplicateIndexName",
            "a duplicate index name, %s, is not allowed".formatted(name(use)));
      }
      checkIdentifier(use);
    }
  }

  /// An `id` that no directive makes the key is stored as text, which an index on a number is not.
  private static void checkIdentifier(KeyUse use) {
    boolean keyed =
        use.type().getFieldDefinitions().stream()
            .anyMatch(field -> field.hasDirective("primaryKey"));
    boolean used =
        use.field().getName().equals("id") || use.sort().size() == 1 && use.sort().contains("id");
    boolean number =
        Types.field(use.type(), "id")
            .map(field -> TypeRef.base(field.getType()))
            .filter(Set.of("Int", "Float", "AWSTimestamp")::contains)
            .isPresent();
    if (!keyed && used && number) {
      throw Check.error(
          use.directive(),
          "AttributeTypeConflict",
          "Unable to specify id as N because it was already defined as S");
    }
  }
}
