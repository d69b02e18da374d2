package dev.polder.glue;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Comparator;
import software.amazon.awssdk.services.glue.model.PropertyPredicate;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.SearchTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;

/// SearchTables: tables of all databases by a text in their names, descriptions and columns, and by
/// properties. In the order of databases and names; another order is refused. See
/// https://docs.aws.amazon.com/glue/latest/webapi/API_SearchTables.html
record TableSearch(Catalog catalog) {
  private static final int PAGE = 1000;

  SearchTablesResponse search(SearchTablesRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.absent(request.sortCriteria(), "SortCriteria");
    Check.absent(request.resourceShareTypeAsString(), "ResourceShareType");
    String text = request.searchText();
    var page =
        catalog.page(
            catalog.key("table"),
            request.nextToken(),
            Check.most(request.maxResults(), PAGE),
            entry ->
                Optional.of(Documents.read(entry.value(), Table.builder(), Table.class))
                    .filter(table -> text == null || mentions(table, text))
                    .filter(table -> satisfies(table, request.filters())));
    return SearchTablesResponse.builder()
        .tableList(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /// In quotes the text must be the whole of a name; otherwise a part is enough.
  private static boolean mentions(Table table, String text) {
    boolean exact = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    String sought = (exact ? text.substring(1, text.length() - 1) : text).toLowerCase(Locale.ROOT);
    return holds(table.name(), sought, exact)
        || holds(table.databaseName(), sought, exact)
        || holds(table.description(), sought, exact)
        || (table.storageDescriptor() != null
            && table.storageDescriptor().columns().stream()
                .anyMatch(column ->
                    holds(column.name(), sought, exact) || holds(column.comment(), sought, exact)));
  }

  private static boolean holds(@Nullable String value, String sought, boolean exact) {
    if (value == null) {
      return false;
    }
    String lower = value.toLowerCase(Locale.ROOT);
    return exact ? lower.equals(sought) : lower.contains(sought);
  }

  private static boolean satisfies(Table table, List<PropertyPredicate> filters) {
    return filters.stream().allMatch(filter -> satisfies(table, filter));
  }

  private static boolean satisfies(Table table, PropertyPredicate filter) {
    String key = Check.present(filter.key(), "filters.member.key");
    String sought = Check.present(filter.value(), "filters.member.value");
    String value = property(table, key);
    if (value == null) {
      return false;
    }
    int order = order(value, sought);
    Comparator comparator = filter.comparator() == null ? Comparator.EQUALS : filter.comparator();
    return switch (comparator) {
      case EQUALS -> order == 0;
      case GREATER_THAN -> order > 0;
      case LESS_THAN -> order < 0;
      case GREATER_THAN_EQUALS -> order >= 0;
      case LESS_THAN_EQUALS -> order <= 0;
      case UNKNOWN_TO_SDK_VERSION ->
          throw GlueErrors.invalid("Unknown comparator " + filter.comparatorAsString());
    };
  }

  private static @Nullable String property(Table table, String key) {
    return switch (key.toLowerCase(Locale.ROOT)) {
      case "name" -> table.name();
      case "databasename" -> table.databaseName();
      case "description" -> table.description();
      case "owner" -> table.owner();
      case "tabletype" -> table.tableType();
      case "createtime" -> text(table.createTime());
      case "updatetime" -> text(table.updateTime());
      default -> table.parameters().get(key);
    };
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static int order(String value, String sought) {
    try {
      return Instant.parse(value).compareTo(Instant.parse(sought));
    } catch (DateTimeParseException e) {
      return value.compareToIgnoreCase(sought);
    }
  }
}
