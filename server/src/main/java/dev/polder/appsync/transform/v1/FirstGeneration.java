package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.ModelField;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.TransformOptions;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.FieldDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The transform of the first generation's directives.
///
/// Not supported, and refused by name: `@searchable`, `@predictions`, and conflict resolution.
public final class FirstGeneration {
  private static final Set<String> REFUSED = Set.of("searchable", "predictions");

  private final Draft draft;
  private final List<Problem> problems = new ArrayList<>();

  private FirstGeneration(Draft draft) {
    this.draft = draft;
  }

  /// The API that an annotated schema describes.
  ///
  /// @throws SchemaException with every directive that is used wrongly
  public static Api apply(TransformOptions options, Document document) {
    if (options.conflicts().project().isPresent() || !options.conflicts().models().isEmpty()) {
      throw new SchemaException(
          new Problem(
              "Error",
              "Conflict resolution is not supported for the first generation of directives.",
              0,
              0));
    }
    document.getDefinitionsOfType(InterfaceTypeDefinition.class).forEach(FirstGeneration::check);
    return new FirstGeneration(new Draft(options, document)).api();
  }

  private static void check(InterfaceTypeDefinition type) {
    for (FieldDefinition field : type.getFieldDefinitions()) {
      for (Directive directive : field.getDirectives("connection")) {
        throw ConnectionDirective.wrong(
            directive, "@connection must be on an @model object type field.");
      }
      for (Directive directive : field.getDirectives("auth")) {
        throw ConnectionDirective.wrong(
            directive,
            "The @auth directive cannot be placed on an interface's field. See %s%s"
                .formatted(type.getName(), field.getName()));
      }
    }
  }

  private Api api() {
    refuse();
    ModelDirective models = new ModelDirective(draft);
    eachType("model", models::apply);
    eachType("versioned", new VersionedDirective(draft)::apply);
    eachField("function", new FunctionDirective(draft)::apply);
    eachField("http", new HttpDirective(draft)::apply);
    eachType("key", new KeyDirective(draft)::apply);
    eachField("connection", new ConnectionDirective(draft)::apply);
    AuthDirective auth = new AuthDirective(draft);
    for (ObjectTypeDefinition type : draft.written()) {
      eachType(type, "auth", auth::apply);
      eachField(type, "auth", auth::apply);
    }
    if (!problems.isEmpty()) {
      throw new SchemaException(problems);
    }
    return new Api(
        Generation.V1,
        new Writer(draft).sdl(),
        finished(),
        draft.resolvers(),
        draft.typeRules(),
        draft.fieldRules());
  }

  private void refuse() {
    for (ObjectTypeDefinition type : draft.written()) {
      refuse(type);
      type.getFieldDefinitions().forEach(this::refuse);
    }
  }

  private void refuse(DirectivesContainer<?> place) {
    for (Directive directive : place.getDirectives()) {
      if (REFUSED.contains(directive.getName())) {
        problems.add(
            Problem.directive(directive, "@%s is not supported.".formatted(directive.getName())));
      }
    }
  }

  private void eachType(String name, TypeStep step) {
    draft.written().forEach(type -> eachType(type, name, step));
  }

  private void eachType(ObjectTypeDefinition type, String name, TypeStep step) {
    for (Directive directive : type.getDirectives(name)) {
      attempt(() -> step.apply(type, directive));
    }
  }

  private void eachField(String name, FieldStep step) {
    draft.written().forEach(type -> eachField(type, name, step));
  }

  private void eachField(ObjectTypeDefinition type, String name, FieldStep step) {
    for (FieldDefinition field : type.getFieldDefinitions()) {
      for (Directive directive : field.getDirectives(name)) {
        attempt(() -> step.apply(type, field, directive));
      }
    }
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (SchemaException e) {
      problems.addAll(e.problems());
    }
  }

  private Map<String, Model> finished() {
    Map<String, Model> models = new LinkedHashMap<>();
    for (DraftModel model : draft.models().values()) {
      models.put(
          model.type(),
          new Model(
              model.type(),
              model.type(),
              model.key,
              model.indexes,
              stored(model),
              model.createdAt,
              model.updatedAt,
              model.versioning,
              List.of(),
              List.of()));
    }
    return models;
  }

  /// The fields that refer to no other model are stored in the item, also where a function or a
  /// host answers them.
  private Map<String, ModelField> stored(DraftModel model) {
    Map<String, ModelField> fields = new LinkedHashMap<>();
    for (FieldDefinition field : draft.object(model.type()).orElseThrow().getFieldDefinitions()) {
      String name = field.getName();
      String base = TypeRef.base(field.getType());
      Resolver resolver = draft.resolvers().get(new FieldName(model.type(), name));
      boolean related = resolver instanceof Resolver.Children || resolver instanceof Resolver.One;
      if (!related && !draft.isModel(base)) {
        fields.put(
            name,
            new ModelField(
                name,
                name,
                base,
                TypeRef.isList(field.getType()),
                TypeRef.isRequired(field.getType()),
                null));
      }
    }
    model.hidden.forEach(fields::putIfAbsent);
    return fields;
  }

  /// Applies a directive on a type.
  private interface TypeStep {
    void apply(ObjectTypeDefinition type, Directive directive);
  }

  /// Applies a directive on a field.
  private interface FieldStep {
    void apply(ObjectTypeDefinition type, FieldDefinition field, Directive directive);
  }
}
