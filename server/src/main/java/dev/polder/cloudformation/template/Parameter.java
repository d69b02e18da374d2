package dev.polder.cloudformation.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A declared parameter.
///
/// @param type `String`, `Number`, `List<Number>`, `CommaDelimitedList` or
///   `AWS::SSM::Parameter::Value<String>`, whose values name what is looked up
/// @param byDefault null if a value must be given
/// @param allowed empty if every value is
/// @param noEcho true if the value must not be shown
/// @param constraint what a value that breaks a constraint is told, or empty
public record Parameter(
    String name,
    String type,
    @Nullable String byDefault,
    List<String> allowed,
    @Nullable Pattern pattern,
    @Nullable BigDecimal minValue,
    @Nullable BigDecimal maxValue,
    @Nullable BigDecimal minLength,
    @Nullable BigDecimal maxLength,
    boolean noEcho,
    String description,
    String constraint) {

  private static final String STORED = "AWS::SSM::Parameter::Value<String>";
  private static final Pattern BOOTSTRAP = Pattern.compile("/cdk-bootstrap/[A-Za-z0-9_-]+/version");
  private static final String BOOTSTRAP_VERSION = "30";

  // List<String> is what templates of Amplify's layers say; it is not among the documented types.
  private static final Set<String> TYPES =
      Set.of("String", "Number", "List<Number>", "List<String>", "CommaDelimitedList", STORED);
  private static final Set<String> MEMBERS =
      Set.of(
          "Type",
          "Default",
          "AllowedValues",
          "AllowedPattern",
          "MinValue",
          "MaxValue",
          "MinLength",
          "MaxLength",
          "NoEcho",
          "Description",
          "ConstraintDescription");

  static Parameter of(String name, @Nullable Object value, TemplateReader.Document document) {
    String at = document.at("/Parameters/" + name);
    if (!(value instanceof Map<?, ?> map)) {
      throw new TemplateException("Template format error: Expected an object " + at);
    }
    for (Object member : map.keySet()) {
      if (!MEMBERS.contains(member)) {
        throw new TemplateException("Invalid template parameter property '" + member + "' " + at);
      }
    }
    if (!(map.get("Type") instanceof String type)) {
      throw new TemplateException(
          "Template format error: Every Parameters object must contain a Type member. " + at);
    }
    if (!TYPES.contains(type)) {
      throw new TemplateException(
          "Template format error: Unrecognized parameter type: " + type + " " + at);
    }
    List<String> allowed = new ArrayList<>();
    if (map.get("AllowedValues") instanceof List<?> values) {
      values.forEach(each -> allowed.add(text(each)));
    }
    return new Parameter(
        name,
        type,
        map.containsKey("Default") ? text(map.get("Default")) : null,
        allowed,
        pattern(map.get("AllowedPattern"), at),
        number(map.get("MinValue"), at),
        number(map.get("MaxValue"), at),
        number(map.get("MinLength"), at),
        number(map.get("MaxLength"), at),
        "true".equalsIgnoreCase(text(map.get("NoEcho"))),
        text(map.get("Description")),
        text(map.get("ConstraintDescription")));
  }

  private static String text(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return String.join(",", list.stream().map(Parameter::text).toList());
    }
    return value == null ? "" : String.valueOf(value);
  }

  private static @Nullable Pattern pattern(@Nullable Object value, String at) {
    try {
      return value == null ? null : Pattern.compile(text(value));
    } catch (PatternSyntaxException e) {
      throw new TemplateException(
          "Template format error: AllowedPattern is no regular expression: "
              + e.getDescription()
              + " "
              + at);
    }
  }

  private static @Nullable BigDecimal number(@Nullable Object value, String at) {
    try {
      return value == null ? null : new BigDecimal(text(value));
    } catch (NumberFormatException _) {
      throw new TemplateException("Template format error: Expected a number " + at);
    }
  }

  /// The value that a text stands for: a text, or a list of texts.
  ///
  /// @throws TemplateException if it is not allowed
  public Object value(String text) {
    if (type.equals(STORED)) {
      return stored(text);
    }
    if (type.equals("String") || type.equals("Number")) {
      check(text);
      return text;
    }
    List<Object> list = new ArrayList<>();
    for (String item : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      check(item.strip());
      list.add(item.strip());
    }
    return list;
  }

  /// There is no parameter store. An account needs no preparation for the CDK here, and so counts
  /// as prepared.
  private static String stored(String parameter) {
    if (BOOTSTRAP.matcher(parameter).matches()) {
      return BOOTSTRAP_VERSION;
    }
    throw new TemplateException(
        "Unable to fetch parameters [" + parameter + "] from parameter store for this account.");
  }

  private void check(String text) {
    if (!allowed.isEmpty() && !allowed.contains(text)) {
      throw refused("must be one of AllowedValues [" + String.join(", ", allowed) + "]");
    }
    if (pattern != null && !pattern.matcher(text).matches()) {
      throw refused("must match pattern " + pattern);
    }
    if (minLength != null && text.length() < minLength.intValue()) {
      throw refused("must contain at least " + minLength + " characters");
    }
    if (maxLength != null && text.length() > maxLength.intValue()) {
      throw refused("must contain at most " + maxLength + " characters");
    }
    if (type.contains("Number")) {
      checkNumber(text);
    }
  }

  private void checkNumber(String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException _) {
      throw refused("must be a number");
    }
    if (minValue != null && number.compareTo(minValue) < 0) {
      throw refused("must be a number not less than " + minValue);
    }
    if (maxValue != null && number.compareTo(maxValue) > 0) {
      throw refused("must be a number not greater than " + maxValue);
    }
  }

  private TemplateException refused(String why) {
    return new TemplateException(
        "Parameter '" + name + "' " + why + (constraint.isEmpty() ? "" : ": " + constraint));
  }
}
