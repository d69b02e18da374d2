package dev.polder.appsync.transform.ast;

import dev.polder.appsync.api.Resolver;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `@http` makes of a field: the arguments that the user wrote become those of the request,
/// `params` for the parts `:name` of the path, `query`, and `body` for methods that have one.
///
/// @param inputs the types of the arguments
/// @param arguments of the field; none if the field has no use for any and keeps its own
/// @param resolver of the field
public record HttpField(
    List<InputObjectTypeDefinition> inputs,
    List<InputValueDefinition> arguments,
    Resolver.Http resolver) {
  private static final Pattern ADDRESS = Pattern.compile("(https?://[^/]*)(/.*)?");
  private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  public HttpField {
    inputs = List.copyOf(inputs);
    arguments = List.copyOf(arguments);
  }

  /// The field as the directive makes it; empty if its address is none.
  ///
  /// @param type that has the field
  /// @param scalar whether a type's name is a scalar's
  public static Optional<HttpField> of(
      String type, FieldDefinition field, Directive directive, Predicate<String> scalar) {
    Arguments given = Arguments.of(directive);
    Matcher address = ADDRESS.matcher(given.text("url", ""));
    if (!address.matches()) {
      return Optional.empty();
    }
    String path = address.group(2) == null ? "/" : address.group(2);
    String method = given.text("method", "GET");
    Set<String> params = new LinkedHashSet<>();
    PARAMETER.matcher(path).results().map(found -> found.group(1)).forEach(params::add);
    List<InputValueDefinition> sent =
        field.getInputValueDefinitions().stream()
            .filter(argument -> params.isEmpty() || isSent(argument, params, scalar))
            .toList();
    var http =
        new Resolver.Http(method, address.group(1), path, headers(given), required(method, sent));
    return Optional.of(of(upper(type) + upper(field.getName()), params, sent, http));
  }

  /// Beside parts of the path, only scalars are sent.
  private static boolean isSent(
      InputValueDefinition argument, Set<String> params, Predicate<String> scalar) {
    return scalar.test(base(argument.getType())) && !params.contains(argument.getName());
  }

  private static HttpField of(
      String prefix, Set<String> params, List<InputValueDefinition> sent, Resolver.Http http) {
    List<InputObjectTypeDefinition> inputs = new ArrayList<>();
    List<InputValueDefinition> arguments = new ArrayList<>();
    if (!params.isEmpty()) {
      Type<?> text = new NonNullType(new TypeName("String"));
      var input =
          input(prefix + "ParamsInput", params.stream().map(name -> value(name, text)).toList());
      inputs.add(input);
      arguments.add(value("params", new NonNullType(new TypeName(input.getName()))));
    }
    if (!sent.isEmpty()) {
      boolean optional = !http.method().equals("GET");
      var query = input(prefix + "QueryInput", optional ? optional(sent) : sent);
      boolean required =
          query.getInputValueDefinitions().stream()
              .anyMatch(value -> value.getType() instanceof NonNullType);
      TypeName name = new TypeName(query.getName());
      inputs.add(query);
      arguments.add(value("query", required ? new NonNullType(name) : name));
      if (WITH_BODY.contains(http.method())) {
        var body = input(prefix + "BodyInput", optional(sent));
        inputs.add(body);
        arguments.add(value("body", new TypeName(body.getName())));
      }
    }
    return new HttpField(inputs, arguments, http);
  }

  private static InputObjectTypeDefinition input(String name, List<InputValueDefinition> values) {
    return InputObjectTypeDefinition.newInputObjectDefinition()
        .name(name)
        .inputValueDefinitions(values)
        .build();
  }

  private static InputValueDefinition value(String name, Type<?> type) {
    return InputValueDefinition.newInputValueDefinition().name(name).type(type).build();
  }

  private static List<InputValueDefinition> optional(List<InputValueDefinition> values) {
    return values.stream()
        .map(value ->
            value.getType() instanceof NonNullType required
                ? value.transform(copy -> copy.type(required.getType()))
                : value)
        .toList();
  }

  private static String base(@Nullable Type<?> type) {
    return switch (type) {
      case NonNullType required -> base(required.getType());
      case ListType list -> base(list.getType());
      case TypeName name -> name.getName();
      case null, default -> "";
    };
  }

  private static String upper(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static List<String> required(String method, List<InputValueDefinition> sent) {
    return sent.stream()
        .filter(value -> WITH_BODY.contains(method) && value.getType() instanceof NonNullType)
        .map(InputValueDefinition::getName)
        .toList();
  }

  private static List<Resolver.Header> headers(Arguments given) {
    return given.objects("headers").stream()
        .map(header -> new Resolver.Header(header.text("key", ""), header.text("value", "")))
        .filter(header -> !header.key().isEmpty())
        .toList();
  }
}
