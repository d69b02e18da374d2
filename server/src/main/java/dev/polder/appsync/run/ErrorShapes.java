package dev.polder.appsync.run;

import graphql.GraphQLError;
import graphql.execution.NonNullableFieldWasNullError;
import graphql.language.SourceLocation;
import graphql.validation.ValidationError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Errors as AppSync answers them. Its engine is an old graphql-java, whose wording of validation
/// errors its users match against; this gives the new one's in those words.
final class ErrorShapes {
  private static final Pattern PREFIX = Pattern.compile("(?i)^validation error \\([^)]*\\) ?: ");
  private static final Pattern NOT_NULL =
      Pattern.compile("non-nullable type is '(.*)' within parent type '(.*)'");
  private static final Pattern COERCED_NULL =
      Pattern.compile(
          "^(?:Field '[^']*' of variable|Variable) '([^']*)' .*has coerced Null value (.*)$");
  private static final Pattern UNKNOWN_FIELD =
      Pattern.compile(
          "^(The variables input contains a field) name '[^']*' (that is not defined .*?) ?$");
  private static final Pattern QUOTED = Pattern.compile("'([A-Za-z0-9_!\\[\\]]+)'");
  private static final Pattern MISMATCH =
      Pattern.compile("^Variable '.*' of type '(.*)' used in position expecting type '(.*)'$");

  private ErrorShapes() {}

  /// An error as one entry of `errors`.
  static Map<String, @Nullable Object> of(GraphQLError error) {
    Map<String, @Nullable Object> shape = new LinkedHashMap<>();
    switch (error) {
      case FieldError field -> {
        shape.put("path", field.getPath());
        shape.put("data", field.failure().data());
        shape.put("errorType", field.failure().type());
        shape.put("errorInfo", field.failure().info());
        shape.put("locations", locations(field.getLocations()));
        shape.put("message", field.failure().message());
      }
      case NonNullableFieldWasNullError missing -> {
        shape.put("path", missing.getPath());
        shape.put("locations", null);
        shape.put("message", missing(missing));
      }
      case ValidationError invalid -> {
        shape.put("path", null);
        shape.put("locations", locations(invalid.getLocations()));
        shape.put("message", validation(invalid));
      }
      default -> {
        shape.put("path", error.getPath());
        shape.put("locations", locations(error.getLocations()));
        shape.put("message", other(String.valueOf(error.getMessage())));
      }
    }
    return shape;
  }

  /// An error as the GraphQL specification has it.
  static Map<String, @Nullable Object> strict(GraphQLError error) {
    Map<String, @Nullable Object> given = of(error);
    Map<String, @Nullable Object> shape = new LinkedHashMap<>();
    shape.put("message", given.remove("message"));
    given.remove("locations");
    List<Map<String, Object>> places = new ArrayList<>();
    for (SourceLocation place : known(error.getLocations())) {
      places.add(Map.of("line", place.getLine(), "column", place.getColumn()));
    }
    if (!places.isEmpty()) {
      shape.put("locations", places);
    }
    Object path = given.remove("path");
    if (path != null) {
      shape.put("path", path);
    }
    if (!given.isEmpty()) {
      shape.put("extensions", given);
    }
    return shape;
  }

  private static List<SourceLocation> known(@Nullable List<SourceLocation> locations) {
    return locations == null
        ? List.of()
        : locations.stream().filter(place -> place != null && place.getLine() > 0).toList();
  }

  static @Nullable List<Map<String, @Nullable Object>> locations(
      @Nullable List<SourceLocation> locations) {
    if (known(locations).isEmpty()) {
      return null;
    }
    List<Map<String, @Nullable Object>> shapes = new ArrayList<>();
    for (SourceLocation location : known(locations)) {
      Map<String, @Nullable Object> shape = new LinkedHashMap<>();
      shape.put("line", location.getLine());
      shape.put("column", location.getColumn());
      shape.put("sourceName", null);
      shapes.add(shape);
    }
    return shapes;
  }

  private static String missing(NonNullableFieldWasNullError error) {
    Matcher types = NOT_NULL.matcher(String.valueOf(error.getMessage()));
    return types.find()
        ? "Cannot return null for non-nullable type: '%s' within parent '%s' (%s)"
            .formatted(types.group(1), types.group(2), path(error.getPath()))
        : String.valueOf(error.getMessage());
  }

  private static String path(List<Object> path) {
    var text = new StringBuilder();
    for (Object step : path) {
      if (step instanceof Number) {
        text.append('[').append(step).append(']');
      } else {
        text.append('/').append(step);
      }
    }
    return text.toString();
  }

  private static String validation(ValidationError error) {
    String said = String.valueOf(error.getMessage()).strip();
    String words = PREFIX.matcher(said).replaceFirst("");
    String type = String.valueOf(error.getValidationErrorType());
    List<String> path = error.getQueryPath();
    String place = path == null || path.isEmpty() ? "" : " @ '" + String.join("/", path) + "'";
    return "Validation error of type " + oldType(type) + ": " + oldWords(type, words) + place;
  }

  private static String oldType(String type) {
    return switch (type) {
      case "SubselectionRequired" -> "SubSelectionRequired";
      case "SubselectionNotAllowed" -> "SubSelectionNotAllowed";
      default -> type;
    };
  }

  private static String oldWords(String type, String words) {
    return switch (type) {
      case "SubselectionRequired", "SubselectionNotAllowed" ->
          unquoted(words).replace("Subselection", "Sub selection");
      case "UnknownArgument",
          "UnknownDirective",
          "MisplacedDirective",
          "UndefinedFragment",
          "UnknownType",
          "UndefinedVariable",
          "UnusedFragment",
          "UnusedVariable",
          "MissingFieldArgument",
          "MissingDirectiveArgument" ->
          unquoted(words);
      case "WrongType" -> words.replaceFirst("(is not a valid '[^']*') - .*$", "$1");
      case "VariableTypeMismatch" ->
          MISMATCH
              .matcher(words)
              .replaceFirst("Variable type '$1' doesn't match expected type '$2'");
      case "NonInputTypeOnVariable" -> "Wrong type for a variable";
      default -> words;
    };
  }

  private static String unquoted(String words) {
    return QUOTED.matcher(words).replaceAll("$1");
  }

  // Messages about variables and about values that a type cannot have.
  private static String other(String message) {
    Matcher coercedNull = COERCED_NULL.matcher(message);
    if (coercedNull.matches()) {
      return "Variable '"
          + coercedNull.group(1)
          + "' has coerced Null value "
          + coercedNull.group(2);
    }
    return UNKNOWN_FIELD
        .matcher(message)
        .replaceFirst("$1 $2 ")
        .replaceFirst("^(Variable '[^']*' has an invalid value): ", "$1. ")
        .replace("Invalid input for enum '", "Invalid input for Enum '")
        .replaceFirst(
            "Expected a value that can be converted to type '(\\w+)' but it was an? '(\\w+)'",
            "Expected type '$1' but was '$2'.")
        .replaceFirst(
            "Expected an? (\\w+) input, but it was an? '(\\w+)'",
            "Expected type '$1' but was '$2'.");
  }
}
