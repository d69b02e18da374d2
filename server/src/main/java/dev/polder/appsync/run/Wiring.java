package dev.polder.appsync.run;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.transform.ServiceSchema;
import graphql.TypeResolutionEnvironment;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetcherFactories;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.LightDataFetcher;
import graphql.schema.TypeResolver;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Joins an API's schema with what resolves its fields.
final class Wiring {
  private final ServedApi api;
  private final Access access;
  private final Resolvers resolvers;

  Wiring(ServedApi api, Access access) {
    this.api = api;
    this.access = access;
    this.resolvers = new Resolvers(api, access);
  }

  /// The schema that is executed.
  GraphQLSchema schema() {
    RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring().wiringFactory(new Types());
    AwsScalars.all().forEach(wiring::scalar);
    GraphQLSchema bare =
        ServiceSchema.assemble(api.api().generation(), api.api().sdl(), wiring.build());
    GraphQLCodeRegistry code = bare.getCodeRegistry().transform(builder -> fetchers(bare, builder));
    return bare.transform(builder -> builder.codeRegistry(code));
  }

  private void fetchers(GraphQLSchema schema, GraphQLCodeRegistry.Builder code) {
    code.defaultDataFetcher(DataFetcherFactories.useDataFetcher(Member.READ));
    for (var type : schema.getAllTypesAsList()) {
      if (!(type instanceof GraphQLObjectType object) || object.getName().startsWith("__")) {
        continue;
      }
      boolean isRoot = isRoot(schema, object);
      boolean isSubscription = object.equals(schema.getSubscriptionType());
      for (GraphQLFieldDefinition field : object.getFieldDefinitions()) {
        var name = new FieldName(object.getName(), field.getName());
        Resolver resolver = api.api().resolvers().get(name);
        if (isSubscription) {
          put(code, name, environment -> delivered(environment, name));
        } else if (resolver != null || isRoot || access.guards(name)) {
          put(code, name, environment -> fetch(environment, name, resolver, isRoot));
        }
      }
    }
  }

  private static boolean isRoot(GraphQLSchema schema, GraphQLObjectType type) {
    return type.equals(schema.getQueryType()) || type.equals(schema.getMutationType());
  }

  private static void put(
      GraphQLCodeRegistry.Builder code, FieldName name, DataFetcher<?> fetcher) {
    code.dataFetcher(FieldCoordinates.coordinates(name.type(), name.field()), fetcher);
  }

  private @Nullable Object fetch(
      DataFetchingEnvironment environment,
      FieldName name,
      @Nullable Resolver resolver,
      boolean isRoot) {
    Running running = running(environment);
    Object source = environment.getSource();
    if (running.delivers() && Fields.of(source, name.field()) == null) {
      // There is nothing to hide, and resolvers, which would refuse, do not run for subscribers.
      return null;
    }
    access.field(running.request(), name, source instanceof Map<?, ?> map ? cast(map) : Map.of());
    boolean withheld = running.mutates() && access.redacts(name);
    if (resolver == null || running.delivers()) {
      return withheld
          ? null
          : access.shown(name, mutation(environment, running), Fields.of(source, name.field()));
    }
    if (withheld && resolver instanceof Resolver.Children children) {
      return children.paged() ? Page.empty() : List.of();
    }
    if (withheld && resolver instanceof Resolver.One) {
      return null;
    }
    running.count();
    boolean isMutation =
        environment.getParentType().equals(environment.getGraphQLSchema().getMutationType());
    if (isMutation) {
      running.note(
          new Running.Done(
              environment.getMergedField().getResultKey(),
              name.field(),
              environment.getArguments(),
              environment.getMergedField()));
    }
    boolean isAlone = isMutation || (isRoot && fields(environment) == 1);
    return resolvers.resolve(resolver, new Resolvers.Call(running, name, environment, isAlone));
  }

  /// The mutation whose answer the source is; null if it is no mutation's.
  private static @Nullable FieldName mutation(
      DataFetchingEnvironment environment, Running running) {
    var parent = environment.getExecutionStepInfo().getParent();
    return running.mutates() && parent.getPath().getLevel() == 1
        ? new FieldName(
            environment.getGraphQLSchema().getMutationType().getName(),
            parent.getFieldDefinition().getName())
        : null;
  }

  private static int fields(DataFetchingEnvironment environment) {
    return environment.getOperationDefinition().getSelectionSet().getSelections().size();
  }

  // What a subscriber gets is in the root; asked for the first time, there is nothing yet.
  private @Nullable Object delivered(DataFetchingEnvironment environment, FieldName name) {
    Running running = running(environment);
    access.field(running.request(), name, Map.of());
    running.note(
        new Running.Done(
            environment.getMergedField().getResultKey(),
            name.field(),
            environment.getArguments(),
            environment.getMergedField()));
    return environment.getRoot();
  }

  private static Running running(DataFetchingEnvironment environment) {
    return Objects.requireNonNull(environment.getGraphQlContext().get(Running.class));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> cast(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  /// Reads a member of the source; needs no environment, which is dear to make.
  private enum Member implements LightDataFetcher<@Nullable Object> {
    READ;

    @Override
    public @Nullable Object get(
        GraphQLFieldDefinition field,
        @Nullable Object source,
        Supplier<DataFetchingEnvironment> environment) {
      return Fields.of(source, field.getName());
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
      return Fields.of(environment.getSource(), environment.getFieldDefinition().getName());
    }
  }

  /// Tells objects of interfaces and unions apart by their `__typename`.
  private static final class Types implements WiringFactory {
    @Override
    public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
      return true;
    }

    @Override
    public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
      return Types::typeOf;
    }

    @Override
    public boolean providesTypeResolver(UnionWiringEnvironment environment) {
      return true;
    }

    @Override
    public TypeResolver getTypeResolver(UnionWiringEnvironment environment) {
      return Types::typeOf;
    }

    private static @Nullable GraphQLObjectType typeOf(TypeResolutionEnvironment environment) {
      return Fields.of(environment.getObject(), "__typename") instanceof String name
          ? environment.getSchema().getObjectType(name)
          : null;
    }
  }
}
