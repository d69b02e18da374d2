package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The expressions of one request and the placeholders that they share.
///
/// A facade first refuses bad placeholders ([#requireNames], [#requireValues]), then reads the
/// expressions that the request has in the order update, condition, key condition, filter,
/// projection, and then says [#requireAllUsed]: that is the order in which the real service
/// complains.
public final class Expressions {
  private final Placeholders placeholders;

  private Expressions(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  /// The expressions of a request with these placeholders, each of which may be absent.
  public static Expressions of(
      @Nullable Map<String, String> names, @Nullable Map<String, Value> values) {
    return new Expressions(
        new Placeholders(names == null ? Map.of() : names, values == null ? Map.of() : values));
  }

  /// Refuses names that no expression could use.
  public static void requireNames(Collection<String> placeholders) {
    Placeholders.requireSyntax("ExpressionAttributeNames", '#', placeholders);
  }

  /// Refuses values that no expression could use.
  public static void requireValues(Collection<String> placeholders) {
    Placeholders.requireSyntax("ExpressionAttributeValues", ':', placeholders);
  }

  /// A condition that a write stands under.
  ///
  /// @throws ValidationException with the real service's message
  public Condition condition(String text) {
    return condition("ConditionExpression", "condition", text);
  }

  /// A filter of what a query or scan has read.
  ///
  /// @throws ValidationException with the real service's message
  public Condition filter(String text) {
    return condition("FilterExpression", "filter", text);
  }

  /// The key condition of a query.
  ///
  /// @throws ValidationException with the real service's message
  public KeyConditionExpression keyCondition(String text) {
    return named(
        "KeyConditionExpression",
        () -> {
          Syntax written = ConditionParser.parse(text);
          return new KeyConditionExpression(
              ConditionChecker.check(written, placeholders, "key condition"), written);
        });
  }

  /// What an operation answers of items.
  ///
  /// @throws ValidationException with the real service's message
  public Projection projection(String text) {
    return named("ProjectionExpression", () -> ProjectionReader.read(text, placeholders));
  }

  /// What an update changes.
  ///
  /// @throws ValidationException with the real service's message
  public Update update(String text) {
    return named(
        "UpdateExpression", () -> UpdateChecker.check(UpdateParser.parse(text), placeholders));
  }

  /// Refuses placeholders that none of the expressions read so far uses.
  public void requireAllUsed() {
    placeholders.requireAllUsed();
  }

  private Condition condition(String parameter, String kind, String text) {
    return named(
        parameter, () -> ConditionChecker.check(ConditionParser.parse(text), placeholders, kind));
  }

  private static <T> T named(String parameter, Supplier<T> read) {
    try {
      return read.get();
    } catch (ValidationException e) {
      String invalid = "Invalid " + parameter + ": ";
      throw new ValidationException(invalid + e.reason());
    }
  }
}
