package dev.polder.appsync.run;

import dev.polder.kernel.Json;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The scalars of AppSync. Inputs are checked; outputs too, so that a stored value that is none
/// makes an error of its field.
final class AwsScalars {
  private AwsScalars() {}

  /// All of them.
  static List<GraphQLScalarType> all() {
    return List.of(
        text("AWSDate", "Date", Formats::isDate),
        text("AWSTime", "Time", Formats::isTime),
        text("AWSDateTime", "DateTime", Formats::isDateTime),
        text("AWSEmail", "Email", Formats::isEmail),
        text("AWSURL", "URL", Formats::isUrl),
        text("AWSPhone", "Phone", Formats::isPhone),
        text("AWSIPAddress", "IPAddress", Formats::isAddress),
        scalar("AWSTimestamp", new Timestamp()),
        scalar("AWSJSON", new JsonText()));
  }

  private static GraphQLScalarType scalar(String name, Coercing<?, ?> coercing) {
    return GraphQLScalarType.newScalar().name(name).coercing(coercing).build();
  }

  private static GraphQLScalarType text(String name, String said, Predicate<String> rule) {
    return scalar(name, new Text(said, rule));
  }

  /// A scalar that is text of some form.
  private record Text(String name, Predicate<String> rule) implements Coercing<String, String> {
    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
      if (value instanceof String text && rule.test(text)) {
        return text;
      }
      throw new CoercingSerializeException(
          "Unable to serialize `" + value + "` as a valid " + name + " Object.");
    }

    @Override
    public String parseValue(Object value, GraphQLContext context, Locale locale) {
      if (value instanceof String text && rule.test(text)) {
        return text;
      }
      throw new CoercingParseValueException(
          "Unable to parse `" + value + "` as a valid " + name + " Object.");
    }

    @Override
    public String parseLiteral(
        Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
      String given = value instanceof StringValue text ? text.getValue() : null;
      if (given != null && rule.test(given)) {
        return given;
      }
      throw new CoercingParseLiteralException();
    }

    @Override
    public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
      return StringValue.of(String.valueOf(value));
    }
  }

  /// Seconds since 1970.
  private static final class Timestamp implements Coercing<Number, Number> {
    @Override
    public Number serialize(Object value, GraphQLContext context, Locale locale) {
      Number seconds = seconds(value);
      if (seconds == null) {
        throw new CoercingSerializeException(
            "Unable to serialize `" + value + "` as a valid timestamp.");
      }
      return seconds;
    }

    @Override
    public Number parseValue(Object value, GraphQLContext context, Locale locale) {
      Number seconds = value instanceof String ? null : seconds(value);
      if (seconds == null) {
        throw new CoercingParseValueException(
            "Unable to parse `" + value + "` as a valid timestamp.");
      }
      return seconds;
    }

    @Override
    public Number parseLiteral(
        Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
      if (value instanceof IntValue whole && whole.getValue().bitLength() < Long.SIZE) {
        return whole.getValue().longValueExact();
      }
      throw new CoercingParseLiteralException();
    }

    @Override
    public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
      return IntValue.newIntValue(BigInteger.valueOf(((Number) value).longValue())).build();
    }

    private static @Nullable Number seconds(Object value) {
      try {
        return switch (value) {
          case Integer i -> i;
          case Long l -> l;
          case Number n -> new BigDecimal(n.toString()).longValueExact();
          case String text -> Long.valueOf(text);
          default -> null;
        };
      } catch (ArithmeticException | NumberFormatException e) {
        return null;
      }
    }
  }

  /// JSON in a string, which resolvers see parsed.
  private static final class JsonText implements Coercing<Object, String> {
    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
      return value instanceof String text && isJson(text) ? text : Json.write(value);
    }

    private static boolean isJson(String text) {
      try {
        Json.parse(text);
        return true;
      } catch (Json.Malformed e) {
        return false;
      }
    }

    @Override
    public @Nullable Object parseValue(Object value, GraphQLContext context, Locale locale) {
      try {
        if (value instanceof String text) {
          return Json.parse(text);
        }
        if (value instanceof Boolean || value instanceof Number) {
          return value;
        }
      } catch (Json.Malformed e) {
        throw new CoercingParseValueException("Unable to parse " + value + " as valid JSON.", e);
      }
      throw new CoercingParseValueException("Unable to parse " + value + " as valid JSON.");
    }

    @Override
    public @Nullable Object parseLiteral(
        Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
      try {
        return switch (value) {
          case StringValue text -> Json.parse(String.valueOf(text.getValue()));
          case IntValue whole -> whole.getValue();
          case FloatValue number -> number.getValue();
          case BooleanValue flag -> flag.isValue();
          default -> throw new CoercingParseLiteralException();
        };
      } catch (Json.Malformed e) {
        throw new CoercingParseLiteralException(e);
      }
    }

    @Override
    public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
      return StringValue.of(Json.write(value));
    }
  }
}
