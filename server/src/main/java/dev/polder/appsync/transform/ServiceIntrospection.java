package dev.polder.appsync.transform;

import graphql.Scalars;
import graphql.introspection.Introspection;
import graphql.introspection.Introspection.DirectiveLocation;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Introspection as the service answers it: of directives it knows fewer than the library that
/// executes, and still says `onOperation`, `onFragment` and `onField` of them, for which old
/// clients ask.
final class ServiceIntrospection {
  private static final Set<String> HIDDEN =
      Set.of("specifiedBy", "oneOf", "experimental_disableErrorPropagation");

  /// The fields that the specification dropped, and the places of which each speaks.
  private static final Map<String, Set<DirectiveLocation>> FLAGS =
      Map.of(
          "onOperation",
          EnumSet.of(
              DirectiveLocation.QUERY, DirectiveLocation.MUTATION, DirectiveLocation.SUBSCRIPTION),
          "onFragment",
          EnumSet.of(
              DirectiveLocation.FRAGMENT_DEFINITION,
              DirectiveLocation.FRAGMENT_SPREAD,
              DirectiveLocation.INLINE_FRAGMENT),
          "onField",
          EnumSet.of(DirectiveLocation.FIELD));

  private ServiceIntrospection() {}

  static GraphQLSchema of(GraphQLSchema schema) {
    List<GraphQLDirective> shown = shown(schema);
    return schema.transform(builder ->
        builder
            .introspectionSchemaType(schemaType())
            .codeRegistry(
                schema.getCodeRegistry().transform(registry -> register(registry, shown))));
  }

  private static GraphQLObjectType schemaType() {
    GraphQLObjectType directive =
        Introspection.__Directive.transform(type ->
            FLAGS
                .keySet()
                .forEach(flag ->
                    type.field(
                        GraphQLFieldDefinition.newFieldDefinition()
                            .name(flag)
                            .type(Scalars.GraphQLBoolean))));
    GraphQLFieldDefinition directives =
        Introspection.__Schema.getFieldDefinition("directives")
            .transform(field ->
                field.type(
                    GraphQLNonNull.nonNull(GraphQLList.list(GraphQLNonNull.nonNull(directive)))));
    return Introspection.__Schema.transform(type -> type.field(directives));
  }

  private static void register(GraphQLCodeRegistry.Builder registry, List<GraphQLDirective> shown) {
    DataFetcher<List<GraphQLDirective>> all = _ -> shown;
    registry.dataFetcher(FieldCoordinates.coordinates("__Schema", "directives"), all);
    FLAGS.forEach((flag, places) -> {
      DataFetcher<Boolean> fetcher =
          environment ->
              environment.getSource() instanceof GraphQLDirective directive
                  && directive.validLocations().stream().anyMatch(places::contains);
      registry.dataFetcher(FieldCoordinates.coordinates("__Directive", flag), fetcher);
    });
  }

  /// The directives in the service's own words.
  private static List<GraphQLDirective> shown(GraphQLSchema schema) {
    List<GraphQLDirective> shown = new ArrayList<>();
    for (GraphQLDirective directive : schema.getDirectives()) {
      switch (directive.getName()) {
        case String name when HIDDEN.contains(name) -> {}
        case "skip" ->
            shown.add(
                directive.transform(copy ->
                    copy.description(
                        "Directs the executor to skip this field or fragment when the"
                            + " `if`'argument is true.")));
        case "defer" -> shown.add(defer());
        case "deprecated" -> shown.add(deprecated(directive));
        default -> shown.add(directive);
      }
    }
    return List.copyOf(shown);
  }

  private static GraphQLDirective defer() {
    return GraphQLDirective.newDirective()
        .name("defer")
        .description("This directive allows results to be deferred during execution")
        .validLocations(DirectiveLocation.FIELD)
        .build();
  }

  private static GraphQLDirective deprecated(GraphQLDirective directive) {
    GraphQLArgument reason = Objects.requireNonNull(directive.getArgument("reason"));
    GraphQLInputType optional = (GraphQLInputType) GraphQLTypeUtil.unwrapNonNull(reason.getType());
    return GraphQLDirective.newDirective()
        .name("deprecated")
        .validLocations(DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.ENUM_VALUE)
        .argument(reason.transform(copy -> copy.description(null).type(optional)))
        .build();
  }
}
