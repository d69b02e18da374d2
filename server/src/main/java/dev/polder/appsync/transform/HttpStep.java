package dev.polder.appsync.transform;

import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.transform.ast.Scalars;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `@http`: fields whose values other hosts give. The arguments that the user wrote become those of
/// the request: `params` for the parts `:name` of the path, `query`, and `body` for methods that
/// have one.
final class HttpStep {
  private static final Pattern ADDRESS = Pattern.compile("(https?://[^/]*)(/.*)?");
  private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final Build build;

  HttpStep(Build build) {
    this.build = build;
  }

  void apply() {
    for (ObjectTypeDefinition type : build.objects) {
      for (FieldDefinition field : type.getFieldDefinitions()) {
        Directives.first(field.getDirectives(), "http")
            .ifPresent(directive -> apply(type.getName(), field, directive));
      }
    }
  }

  private void apply(String type, FieldDefinition field, Directive directive) {
    Map<String, @Nullable Object> given = Directives.arguments(directive);
    Matcher address = ADDRESS.matcher(String.valueOf(given.get("url")));
    if (!address.matches()) {
      return;
    }
    String path = address.group(2) == null ? "/" : address.group(2);
    String method = given.get("method") instanceof String text ? text : "GET";
    boolean body = WITH_BODY.contains(method);
    Set<String> params = new LinkedHashSet<>();
    PARAMETER.matcher(path).results().map(found -> found.group(1)).forEach(params::add);
    List<InputValueDefinition> sent = sent(field, params);
    arguments(type, field, params, sent, method);
    List<String> required =
        sent.stream()
            .filter(argument -> argument.getType() instanceof NonNullType)
            .map(InputValueDefinition::getName)
            .toList();
    build.resolve(
        type,
        field.getName(),
        new Resolver.Http(
            method,
            address.group(1),
            path,
            headers(given.get("headers")),
            body ? required : List.of()));
  }

  /// What the request's query and body may have: all arguments, or beside parts of the path those
  /// of scalar types.
  private static List<InputValueDefinition> sent(FieldDefinition field, Set<String> params) {
    return field.getInputValueDefinitions().stream()
        .filter(argument -> params.isEmpty() || isSent(argument, params))
        .toList();
  }

  private static boolean isSent(InputValueDefinition argument, Set<String> params) {
    return Scalars.isScalar(TypeRef.base(argument.getType()))
        && !params.contains(argument.getName());
  }

  private void arguments(
      String type,
      FieldDefinition field,
      Set<String> params,
      List<InputValueDefinition> sent,
      String method) {
    List<DraftField> arguments = new ArrayList<>();
    String prefix = Words.pascal(List.of(type, field.getName()));
    if (!params.isEmpty()) {
      DraftType input = new DraftType(prefix + "ParamsInput", DraftType.Kind.INPUT);
      params.forEach(param -> input.with(param, TypeRef.required("String")));
      build.draft.add(input);
      arguments.add(new DraftField("params", TypeRef.required(input.name)));
    }
    if (!sent.isEmpty()) {
      boolean optional = !method.equals("GET");
      DraftType query = input(prefix + "QueryInput", sent, optional);
      boolean required =
          query.fields.values().stream().anyMatch(value -> TypeRef.isRequired(value.type));
      arguments.add(new DraftField("query", TypeRef.of(query.name, required)));
      if (WITH_BODY.contains(method)) {
        DraftType body = input(prefix + "BodyInput", sent, true);
        arguments.add(new DraftField("body", TypeRef.named(body.name)));
      }
    }
    DraftType owner = build.draft.type(type);
    if (!arguments.isEmpty() && owner != null) {
      DraftField drafted = owner.field(field.getName());
      drafted.arguments.clear();
      drafted.arguments.addAll(arguments);
    }
  }

  private DraftType input(String name, List<InputValueDefinition> values, boolean optional) {
    DraftType input = new DraftType(name, DraftType.Kind.INPUT);
    for (InputValueDefinition value : values) {
      DraftField field = DraftField.of(value);
      if (optional) {
        field.type = TypeRef.nullable(field.type);
      }
      input.fields.put(field.name, field);
    }
    build.draft.add(input);
    return input;
  }

  private static List<Resolver.Header> headers(@Nullable Object given) {
    List<?> list =
        given instanceof List<?> several ? several : given == null ? List.of() : List.of(given);
    List<Resolver.Header> headers = new ArrayList<>();
    for (Object one : list) {
      if (one instanceof Map<?, ?> map) {
        headers.add(
            new Resolver.Header(String.valueOf(map.get("key")), String.valueOf(map.get("value"))));
      }
    }
    return headers;
  }
}
