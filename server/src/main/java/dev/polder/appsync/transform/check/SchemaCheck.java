package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.TransformOptions;
import dev.polder.appsync.transform.check.Definitions.Part;
import dev.polder.appsync.transform.check.RelationCheck.Kind;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ObjectTypeExtensionDefinition;
import graphql.language.SDLExtensionDefinition;
import graphql.language.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds what is wrong with a schema of the second generation, in the words of Amplify's own tool.
///
/// The tool stops at the first error. Here the first is the same; the ones after it were found in
/// the same step. An error of syntax or of validation stands alone.
public final class SchemaCheck {
  private final Types types;
  private final List<Check> checks;
  private final List<Problem> problems = new ArrayList<>();

  private SchemaCheck(Types types, Source written) {
    this.types = types;
    this.checks = checks(types, written);
  }

  /// The directives' checks in the order in which Amplify applies the directives.
  private static List<Check> checks(Types types, Source written) {
    RootFields roots = new RootFields(types);
    return List.of(
        new ModelCheck(types, roots),
        new FunctionCheck(types),
        new HttpCheck(written),
        new UnservedCheck("predictions"),
        new PrimaryKeyCheck(types),
        new IndexCheck(types, roots),
        new RelationCheck(types, Kind.HAS_MANY),
        new RelationCheck(types, Kind.HAS_ONE),
        new ManyToManyCheck(types),
        new RelationCheck(types, Kind.BELONGS_TO),
        new UnservedCheck("conversation"),
        new UnservedCheck("generation"),
        new DefaultCheck(types),
        new MappingCheck(types, "mapsTo"),
        new SqlCheck(),
        new MappingCheck(types, MappingCheck.REFERS_TO),
        new UnservedCheck("searchable"),
        new ValidateCheck(),
        new AuthCheck(types));
  }

  /// The first error of syntax, if the text is no GraphQL.
  public static Optional<Problem> syntax(String schema) {
    try {
      Syntax.check(schema);
      return Optional.empty();
    } catch (SyntaxError e) {
      Source.Place place = new Source(schema).place(e.offset());
      return Optional.of(new Problem("GraphQLError", e.text(), place.line(), place.column()));
    }
  }

  /// What is wrong with a schema; nothing for one that can be transformed.
  public static List<Problem> check(String schema, TransformOptions options) {
    Optional<Problem> syntax = syntax(schema);
    return syntax.isPresent()
        ? List.of(syntax.get())
        : check(schema, Definitions.parse(schema), options);
  }

  /// What is wrong with a schema that has been parsed.
  ///
  /// @param schema its text
  public static List<Problem> check(String schema, Document document, TransformOptions options) {
    Part written = Part.of(schema, document);
    try {
      ExtensionMerge.check(written.definitions());
    } catch (SchemaException e) {
      return e.problems();
    }
    Validation validation = new Validation(parts(written), Definitions.EXTENSIONS);
    Findings findings = validation.definitions();
    if (findings.isEmpty()) {
      Optional<Problem> reason = Deprecations.wrong(written.definitions());
      if (reason.isPresent()) {
        return List.of(reason.get());
      }
      findings = validation.values();
    }
    if (!findings.isEmpty()) {
      return List.of(findings.problem(Findings.Other.OLDER));
    }
    return new SchemaCheck(new Types(options, document), written.source()).problems();
  }

  private static List<Part> parts(Part written) {
    List<Part> parts =
        new ArrayList<>(
            List.of(Definitions.SERVICE, written, Definitions.DIRECTIVES, Definitions.SCALARS));
    boolean query =
        written.definitions().stream()
            .anyMatch(definition ->
                definition instanceof TypeDefinition<?> type && type.getName().equals("Query"));
    if (!query) {
      parts.add(Definitions.QUERY);
    }
    return parts;
  }

  private List<Problem> problems() {
    List<Consumer<Check>> steps =
        List.of(this::visit, Check::together, Check::prepared, Check::generated, Check::resolved);
    for (Consumer<Check> step : steps) {
      checks.forEach(check -> attempt(() -> step.accept(check)));
      if (!problems.isEmpty()) {
        return List.copyOf(problems);
      }
    }
    return List.of();
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (SchemaException e) {
      problems.addAll(e.problems());
    }
  }

  private void visit(Check check) {
    for (Definition<?> definition : types.definitions()) {
      if (!(definition instanceof ImplementingTypeDefinition<?> type)) {
        continue;
      }
      if (type instanceof ObjectTypeDefinition object) {
        for (Directive directive : uses(object.getDirectives(), check)) {
          attempt(() -> onType(check, object, directive));
        }
      }
      boolean skipped =
          definition instanceof SDLExtensionDefinition
              && !(definition instanceof ObjectTypeExtensionDefinition);
      if (!skipped) {
        type.getFieldDefinitions().forEach(field -> onField(check, type, field));
      }
    }
  }

  private static List<Directive> uses(List<Directive> directives, Check check) {
    return directives.stream()
        .filter(directive -> directive.getName().equals(check.directive()))
        .toList();
  }

  private static void onType(Check check, ObjectTypeDefinition type, Directive directive) {
    if (type instanceof SDLExtensionDefinition) {
      throw Check.wrong(
          directive,
          "Directives are not supported on object or interface extensions. See the '@%s' directive on '%s'"
              .formatted(directive.getName(), type.getName()));
    }
    check.type(type, directive);
  }

  private void onField(Check check, ImplementingTypeDefinition<?> type, FieldDefinition field) {
    for (Directive directive : uses(field.getDirectives(), check)) {
      attempt(() -> {
        if (type instanceof SDLExtensionDefinition) {
          checkExtension(check, type, field, directive);
        }
        check.field(type, field, directive);
      });
    }
  }

  private static void checkExtension(
      Check check, ImplementingTypeDefinition<?> type, FieldDefinition field, Directive directive) {
    if (!check.onExtensions()) {
      throw Check.error(
          directive,
          "InvalidTransformerError",
          "The '@%s' directive is not supported on fields of extended types"
              .formatted(directive.getName()));
    }
    if (!Types.isStandardRoot(type.getName())) {
      throw Check.wrong(
          directive,
          "The '@%s' directive cannot be used on fields of type extensions other than 'Query', 'Mutation', and 'Subscription'. See %s.%s"
              .formatted(directive.getName(), type.getName(), field.getName()));
    }
  }
}
