package dev.polder.appsync.transform;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.ModelField;
import dev.polder.appsync.api.Redaction;
import dev.polder.appsync.api.Validation;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the API of a build whose steps are done.
final class ApiWriter {
  private static final List<String> COMPUTED =
      List.of("hasOne", "hasMany", "belongsTo", "manyToMany");

  private final Build build;

  ApiWriter(Build build) {
    this.build = build;
  }

  Api write() {
    Map<String, Model> models = new LinkedHashMap<>();
    build.models.forEach((name, model) -> models.put(name, model(model)));
    return new Api(
        Generation.V2,
        SdlWriter.write(build.draft),
        models,
        build.resolvers,
        build.typeRules,
        build.fieldRules,
        redactions(),
        build.extensions);
  }

  private Map<String, Redaction> redactions() {
    Redaction all =
        build.options.flag("subscriptionsInheritPrimaryAuth", false)
            ? Redaction.FIELDS
            : Redaction.CONNECTIONS;
    Map<String, Redaction> redactions = new LinkedHashMap<>();
    build.models.forEach((name, model) -> {
      if (model.operations.protectsSubscribers()) {
        redactions.put(name, all);
      }
    });
    return redactions;
  }

  private Model model(ModelDraft model) {
    return new Model(
        model.name,
        model.table,
        model.key,
        model.indexes,
        fields(model),
        timestamp(model, model.operations.createdAt()),
        timestamp(model, model.operations.updatedAt()),
        null,
        model.unique,
        model.cascades,
        model.sync);
  }

  private Map<String, ModelField> fields(ModelDraft model) {
    DraftType type = build.draft.types.get(model.name);
    Map<String, ModelField> fields = new LinkedHashMap<>();
    if (type != null) {
      for (DraftField field : type.fields.values()) {
        if (isStored(model, field)) {
          fields.put(field.name, field(model, field));
        }
      }
    }
    return fields;
  }

  private boolean isStored(ModelDraft model, DraftField field) {
    boolean computed =
        model.declared(field.name).map(FieldDefinition::getDirectives).orElse(List.of()).stream()
            .map(Directive::getName)
            .anyMatch(COMPUTED::contains);
    return !computed && !build.isModel(TypeRef.base(field.type));
  }

  private static ModelField field(ModelDraft model, DraftField field) {
    return new ModelField(
        field.name,
        model.attributes.getOrDefault(field.name, field.name),
        TypeRef.base(field.type),
        TypeRef.isList(field.type),
        TypeRef.isRequired(field.type),
        initial(field),
        validations(field));
  }

  private static List<Validation> validations(DraftField field) {
    List<Validation> validations = new ArrayList<>();
    for (Directive directive : field.directives) {
      if (directive.getName().equals("validate")) {
        var given = Directives.arguments(directive);
        String type = String.valueOf(given.get("type"));
        String value = String.valueOf(given.get("value"));
        String message = Directives.text(given, "errorMessage");
        validations.add(
            new Validation(
                kind(type),
                value,
                message == null
                    ? "Validation failed for " + field.name + ": " + type + " " + value
                    : message));
      }
    }
    return validations;
  }

  private static Validation.Kind kind(String type) {
    return switch (type) {
      case "minLength" -> Validation.Kind.MIN_LENGTH;
      case "maxLength" -> Validation.Kind.MAX_LENGTH;
      case "startsWith" -> Validation.Kind.STARTS_WITH;
      case "endsWith" -> Validation.Kind.ENDS_WITH;
      case "matches" -> Validation.Kind.MATCHES;
      default -> Validation.Kind.valueOf(type.toUpperCase(Locale.ROOT));
    };
  }

  private static @Nullable String initial(DraftField field) {
    return Directives.first(field.directives, "default")
        .map(directive -> Directives.text(Directives.arguments(directive), "value"))
        .orElse(null);
  }

  /// A timestamp is kept only in a field that can hold one.
  private @Nullable String timestamp(ModelDraft model, @Nullable String name) {
    boolean fit =
        name != null
            && model
                .declared(name)
                .map(field ->
                    List.of("String", "AWSDateTime").contains(TypeRef.base(field.getType())))
                .orElse(true);
    return fit ? name : null;
  }
}
