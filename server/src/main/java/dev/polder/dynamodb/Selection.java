package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Projection;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Which parts of items a query or scan answers.
///
/// @param select as on the wire
/// @param projection the parts that are named
record Selection(@Nullable String select, Optional<Projection> projection) {

  /// Refuses combinations that make no sense.
  ///
  /// @param parameter the one that names parts of items; null where there is none
  /// @param operation as in `Querying`
  static void require(
      @Nullable String select,
      @Nullable String parameter,
      @Nullable String index,
      String operation) {
    if ("ALL_PROJECTED_ATTRIBUTES".equals(select) && index == null) {
      throw new ValidationException(
          "ALL_PROJECTED_ATTRIBUTES can be used only when " + operation + " using an IndexName");
    }
    boolean specific = "SPECIFIC_ATTRIBUTES".equals(select);
    if (parameter != null && select != null && !specific) {
      throw new ValidationException(
          "Cannot specify the " + parameter + " when choosing to get " + select);
    }
    if (parameter == null && specific) {
      throw new ValidationException(
          "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
              + " SPECIFIC_ATTRIBUTES");
    }
  }

  /// True if only the number of items is answered.
  boolean counts() {
    return "COUNT".equals(select);
  }

  /// The items for a client; null where only their number is answered.
  @Nullable List<Map<String, AttributeValue>> items(Page page) {
    if (counts()) {
      return null;
    }
    return page.items().stream().map(this::shown).map(AttributeValues::sdk).toList();
  }

  private Item shown(Item item) {
    return projection.isPresent() ? projection.get().of(item) : item;
  }
}
