package dev.polder.appsync;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.run.GraphqlApi;
import dev.polder.kernel.Json;
import dev.polder.store.Batch;
import graphql.GraphQL;
import graphql.introspection.IntrospectionQuery;
import graphql.language.AstPrinter;
import graphql.language.SDLNamedDefinition;
import graphql.language.TypeDefinition;
import graphql.parser.Parser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.errors.SchemaProblem;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The operations on schemas. A schema here is what is served, with AppSync's own directives; the
/// annotated ones of projects are deployed otherwise.
final class SchemaOperations {
  private static final int LARGEST = 1 << 20;
  private static final String WELL = "";

  private final Management management;

  SchemaOperations(Management management) {
    this.management = management;
  }

  /// A schema may be wrong: then the API keeps the one that it had, and [#outcome] says why.
  void create(String apiId, String sdl) {
    StoredApi api = management.ownApi(apiId);
    ManagedParts parts = management.parts();
    Api made = Objects.requireNonNull(management.made(apiId, sdl, Management.Change.NONE));
    String problem = sdl.length() > LARGEST ? "Schema exceeds 1 MB." : problem(api, made);
    var batch = parts.put(new Batch(), apiId, parts.details(apiId).withSchema(problem));
    if (problem.isEmpty()) {
      management.save(api.with(made), batch);
    } else {
      management.apis().commit(batch);
    }
  }

  private String problem(StoredApi api, Api made) {
    try {
      management.service().check(api.with(made));
      return WELL;
    } catch (SchemaProblem e) {
      return e.getErrors().isEmpty()
          ? String.valueOf(e.getMessage())
          : String.join(
              "\n", e.getErrors().stream().map(graphql.GraphQLError::getMessage).toList());
    } catch (graphql.GraphQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// How the last schema came about: null for never, empty for well, else what is wrong with it.
  @Nullable String outcome(String apiId) {
    StoredApi api = management.api(apiId);
    String outcome = management.parts().details(apiId).schema();
    return outcome == null && api.api() != null ? WELL : outcome;
  }

  String sdl(String apiId, boolean directives) {
    String sdl = management.schema(management.api(apiId)).sdl();
    if (directives) {
      return sdl;
    }
    var options = SchemaPrinter.Options.defaultOptions().includeDirectives(false);
    return new SchemaPrinter(options).print(executable(apiId).schema());
  }

  String json(String apiId) {
    management.schema(management.api(apiId));
    var result =
        GraphQL.newGraphQL(executable(apiId).schema())
            .build()
            .execute(IntrospectionQuery.INTROSPECTION_QUERY);
    return Json.write(Map.of("data", Objects.requireNonNull(result.<Map<String, ?>>getData())));
  }

  private GraphqlApi executable(String apiId) {
    return management
        .service()
        .serving(apiId)
        .map(Serving::executable)
        .orElseThrow(() -> AppSyncErrors.noApi(apiId));
  }

  /// A type of the schema.
  ///
  /// @param definition in SDL
  record Type(String name, String definition) {}

  List<Type> types(String apiId) {
    String sdl = management.schema(management.api(apiId)).sdl();
    return Parser.parse(sdl).getDefinitions().stream()
        .filter(definition -> definition instanceof TypeDefinition<?>)
        .map(definition ->
            new Type(
                ((SDLNamedDefinition<?>) definition).getName(), AstPrinter.printAst(definition)))
        .sorted(Comparator.comparing(Type::name))
        .toList();
  }

  Type type(String apiId, String name) {
    return types(apiId).stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(() -> AppSyncErrors.notFound("Type " + name + " not found."));
  }
}
