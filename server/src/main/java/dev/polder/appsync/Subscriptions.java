package dev.polder.appsync;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.auth.ApiRules;
import dev.polder.appsync.realtime.RejectedException;
import dev.polder.appsync.realtime.Subscribing;
import dev.polder.appsync.run.FieldException;
import dev.polder.appsync.run.GraphqlApi;
import dev.polder.appsync.run.Request;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationDefinition;
import graphql.language.StringValue;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.SchemaParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The subscriptions of one API: what feeds them, and what their subscribers get.
final class Subscriptions implements Subscribing {
  private static final String TYPE = "Subscription";
  private static final String FILTER = "filter";

  private final ApiRules rules;
  private final GraphqlApi api;
  private final Map<String, List<String>> feeds = new HashMap<>();

  Subscriptions(ApiRules rules, GraphqlApi api) {
    this.rules = rules;
    this.api = api;
    String sdl = api.served().api().sdl();
    new SchemaParser()
        .parse(sdl)
        .getType(TYPE, ObjectTypeDefinition.class)
        .ifPresent(type -> type.getFieldDefinitions().forEach(this::feed));
  }

  private void feed(FieldDefinition field) {
    for (Directive directive : field.getDirectives("aws_subscribe")) {
      var mutations = directive.getArgument("mutations");
      if (mutations != null && mutations.getValue() instanceof ArrayValue list) {
        for (Object value : list.getValues()) {
          if (value instanceof StringValue mutation) {
            feeds.computeIfAbsent(mutation.getValue(), _ -> new ArrayList<>()).add(field.getName());
          }
        }
      }
    }
  }

  @Override
  public List<String> fedBy(String mutation) {
    return feeds.getOrDefault(mutation, List.of());
  }

  @Override
  public Accepted accept(Request request) {
    GraphqlApi.Subscribed asked = api.subscribe(request);
    String field = asked.field();
    if (field == null) {
      throw rejected(request, asked.errors());
    }
    Map<String, @Nullable Object> equal = new LinkedHashMap<>(asked.arguments());
    List<Map<String, Object>> filters = new ArrayList<>();
    filter(equal.remove(FILTER)).ifPresent(filters::add);
    String type = delivered(field);
    try {
      Optional<Map<String, Object>> visible =
          rules.subscribe(request, new FieldName(TYPE, field), type, asked.arguments());
      if (visible.isPresent()) {
        // The rule lets the caller's own objects through, by whatever of its names they have.
        Set<String> owners = rules.ownerArguments(type);
        equal.keySet().removeAll(owners);
        filters.add(visible.get());
      }
    } catch (FieldException e) {
      throw RejectedException.of(e.type(), e.message(), null);
    }
    if (rules.filtersAlone() && !filters.isEmpty()) {
      // A filter takes the place of the arguments, as the generated resolvers set it.
      equal.clear();
    }
    return new Accepted(field, equal, filters);
  }

  @SuppressWarnings("unchecked") // Inputs have names for keys.
  private static Optional<Map<String, Object>> filter(@Nullable Object given) {
    return given instanceof Map<?, ?> map && !map.isEmpty()
        ? Optional.of((Map<String, Object>) map)
        : Optional.empty();
  }

  private String delivered(String field) {
    var type = api.schema().getSubscriptionType().getFieldDefinition(field).getType();
    return GraphQLTypeUtil.simplePrint(GraphQLTypeUtil.unwrapAll(type));
  }

  private static RejectedException rejected(
      Request request, List<Map<String, @Nullable Object>> errors) {
    Optional<String> other = otherOperation(request);
    if (other.isPresent()) {
      return RejectedException.of(
          "UnsupportedOperation",
          other.get() + " not supported through the realtime channel",
          null);
    }
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Map<String, @Nullable Object> error : errors) {
      Map<String, Object> each = new LinkedHashMap<>();
      Object type = error.get("errorType");
      if (type != null) {
        each.put("errorType", type);
      }
      each.put("message", String.valueOf(error.get("message")));
      shown.add(each);
    }
    return new RejectedException(shown);
  }

  /// What the request would do if it is no subscription, such as `query`.
  private static Optional<String> otherOperation(Request request) {
    try {
      return Parser.parse(request.query()).getDefinitionsOfType(OperationDefinition.class).stream()
          .filter(each ->
              request.operationName() == null || request.operationName().equals(each.getName()))
          .map(OperationDefinition::getOperation)
          .filter(kind -> kind != OperationDefinition.Operation.SUBSCRIPTION)
          .map(kind -> kind.name().toLowerCase(Locale.ROOT))
          .findFirst();
    } catch (InvalidSyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public Map<String, @Nullable Object> answer(
      Request request, Map<String, @Nullable Object> selected) {
    return api.deliver(request, selected);
  }
}
