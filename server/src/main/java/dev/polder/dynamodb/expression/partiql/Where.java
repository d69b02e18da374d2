package dev.polder.dynamodb.expression.partiql;

import dev.polder.dynamodb.expression.Comparator;
import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.expression.KeyConditions;
import dev.polder.dynamodb.expression.KeyQuery;
import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The condition of a statement, of which a key may answer a part.
///
/// @param condition all of it
public record Where(Condition condition) {
  /// A statement without a condition.
  public static final Where ANY = new Where(Condition.ALWAYS);

  /// The item that a write is about.
  ///
  /// @param key its key attributes
  /// @param rest what else is asked of it
  public record Target(Item key, Condition rest) {}

  /// The items that a read is about.
  ///
  /// @param query absent where the whole table or index must be read
  /// @param filter what is asked of the items, beyond the query
  public record Range(@Nullable KeyQuery query, Condition filter) {}

  /// The item that a write is about.
  ///
  /// @throws ValidationException unless each key attribute is given, with one value
  public Target target(KeySchema schema) {
    Target target =
        find(schema)
            .orElseThrow(() ->
                new ValidationException(
                    "Where clause does not contain a mandatory equality on all key attributes"));
    for (KeySchema.KeyAttribute attribute : schema.attributes()) {
      Value value = target.key.attribute(attribute.name());
      if (parts().stream()
          .map(part -> equal(part, attribute.name()))
          .anyMatch(each -> each != null && !each.equals(value))) {
        throw new ValidationException(
            "Multiple conditions on same key "
                + attribute.name()
                + ". Only single item Update/Insert/Delete are supported");
      }
    }
    return target;
  }

  /// The one item that is asked for, where all key attributes are given.
  public Optional<Target> find(KeySchema schema) {
    List<Condition> rest = new ArrayList<>(parts());
    Map<String, Value> key = new LinkedHashMap<>();
    for (KeySchema.KeyAttribute attribute : schema.attributes()) {
      Optional<Condition> equality =
          rest.stream().filter(part -> equal(part, attribute.name()) != null).findFirst();
      equality.ifPresent(part -> {
        rest.remove(part);
        Value value = equal(part, attribute.name());
        if (value != null) {
          key.put(attribute.name(), value);
        }
      });
    }
    return key.size() == schema.attributes().size()
        ? Optional.of(new Target(new Item(key), new Condition.All(rest)))
        : Optional.empty();
  }

  /// What to read of a table or index with this key: a range of one partition where an equality
  /// names it, and all of it where none does.
  public Range range(KeySchema schema) {
    List<Condition> rest = new ArrayList<>(parts());
    Condition partition = null;
    for (Condition part : rest) {
      if (partition == null && equal(part, schema.partition().name()) != null) {
        partition = part;
      }
    }
    if (partition == null) {
      return new Range(null, condition);
    }
    rest.remove(partition);
    KeySchema.KeyAttribute sort = schema.sort();
    Condition within =
        sort == null
            ? null
            : rest.stream()
                .filter(part -> KeyConditions.answers(part, sort.name()))
                .findFirst()
                .orElse(null);
    List<Condition> keys = within == null ? List.of(partition) : List.of(partition, within);
    rest.remove(within);
    return new Range(KeyConditions.of(keys).query(schema), new Condition.All(rest));
  }

  /// The conditions of which every one must hold.
  private List<Condition> parts() {
    List<Condition> parts = new ArrayList<>();
    collect(condition, parts);
    return parts;
  }

  private static void collect(Condition condition, List<Condition> parts) {
    switch (condition) {
      case Condition.And(var left, var right) -> {
        collect(left, parts);
        collect(right, parts);
      }
      case Condition.All(var all) -> all.forEach(each -> collect(each, parts));
      case Condition _ -> parts.add(condition);
    }
  }

  /// The value that an attribute must be equal to, if this is what is asked.
  private static @Nullable Value equal(Condition condition, String attribute) {
    if (!(condition instanceof Condition.Comparison(var comparator, var left, var right))
        || comparator != Comparator.EQ) {
      return null;
    }
    Condition.Operand path = left instanceof Condition.Attribute ? left : right;
    Condition.Operand value = path == left ? right : left;
    return path instanceof Condition.Attribute(var found)
            && !found.nested()
            && found.attribute().equals(attribute)
            && value instanceof Condition.Literal(var literal)
        ? literal
        : null;
  }
}
