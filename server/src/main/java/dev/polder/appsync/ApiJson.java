package dev.polder.appsync;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.Extensions;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.ModelField;
import dev.polder.appsync.api.Redaction;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.api.Validation;
import dev.polder.kernel.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The stored form of an [Api]: what was deployed is served as it was, whatever a later version of
/// the transform would make of its schema.
final class ApiJson {
  private ApiJson() {}

  static Map<String, @Nullable Object> write(Api api) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("generation", api.generation().name());
    json.put("sdl", api.sdl());
    json.put("models", api.models().values().stream().map(ApiJson::model).toList());
    List<Object> resolvers = new ArrayList<>();
    api.resolvers()
        .forEach((field, resolver) ->
            resolvers.add(
                Map.of(
                    "type", field.type(),
                    "field", field.field(),
                    "resolver", ResolverJson.write(resolver))));
    json.put("resolvers", resolvers);
    Map<String, Object> types = new LinkedHashMap<>();
    api.typeRules().forEach((type, rules) -> types.put(type, rules(rules)));
    json.put("typeRules", types);
    List<Object> fields = new ArrayList<>();
    api.fieldRules()
        .forEach((field, rules) ->
            fields.add(
                Map.of("type", field.type(), "field", field.field(), "rules", rules(rules))));
    json.put("fieldRules", fields);
    Map<String, Object> redactions = new LinkedHashMap<>();
    api.redactions().forEach((type, redaction) -> redactions.put(type, redaction.name()));
    json.put("redactions", redactions);
    json.put(
        "extensions",
        Map.of(
            "filterBeforeLimit", api.extensions().filterBeforeLimit(),
            "atomicMutations", api.extensions().atomicMutations()));
    return json;
  }

  static Api read(JsonObject json) {
    Map<String, Model> models = new LinkedHashMap<>();
    json.objects("models").stream()
        .map(ApiJson::model)
        .forEach(model -> models.put(model.type(), model));
    Map<FieldName, Resolver> resolvers = new LinkedHashMap<>();
    json.objects("resolvers")
        .forEach(each -> resolvers.put(field(each), ResolverJson.read(each.object("resolver"))));
    Map<String, List<AuthRule>> types = new LinkedHashMap<>();
    JsonObject typeRules = json.object("typeRules");
    typeRules.names().forEach(type -> types.put(type, rules(typeRules.objects(type))));
    Map<FieldName, List<AuthRule>> fields = new LinkedHashMap<>();
    json.objects("fieldRules")
        .forEach(each -> fields.put(field(each), rules(each.objects("rules"))));
    Map<String, Redaction> redactions = new LinkedHashMap<>();
    if (json.has("redactions")) {
      JsonObject of = json.object("redactions");
      of.names().forEach(type -> redactions.put(type, Redaction.valueOf(of.text(type))));
    }
    return new Api(
        Generation.valueOf(json.text("generation")),
        json.text("sdl"),
        models,
        resolvers,
        types,
        fields,
        redactions,
        new Extensions(
            json.object("extensions").flag("filterBeforeLimit"),
            json.object("extensions").flag("atomicMutations")));
  }

  private static FieldName field(JsonObject json) {
    return new FieldName(json.text("type"), json.text("field"));
  }

  private static Map<String, @Nullable Object> model(Model model) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", model.type());
    json.put("table", model.table());
    json.put("key", key(model.key()));
    json.put(
        "indexes",
        model.indexes().stream()
            .map(index ->
                Map.of("name", index.name(), "key", key(index.key()), "local", index.local()))
            .toList());
    json.put("fields", model.fields().values().stream().map(ApiJson::field).toList());
    json.put("createdAt", model.createdAt());
    json.put("updatedAt", model.updatedAt());
    var versioning = model.versioning();
    json.put("versioned", versioning != null);
    if (versioning != null) {
      json.put("versionField", versioning.field());
      json.put("versionInput", versioning.input());
    }
    json.put("unique", model.unique());
    json.put(
        "cascades",
        model.cascades().stream().map(cascade -> ResolverJson.write(cascade.children())).toList());
    json.put("synced", model.synced());
    return json;
  }

  private static Model model(JsonObject json) {
    Map<String, ModelField> fields = new LinkedHashMap<>();
    json.objects("fields").stream()
        .map(ApiJson::modelField)
        .forEach(field -> fields.put(field.name(), field));
    return new Model(
        json.text("type"),
        json.text("table"),
        key(json.object("key")),
        json.objects("indexes").stream()
            .map(index ->
                new TableIndex(index.text("name"), key(index.object("key")), index.flag("local")))
            .toList(),
        fields,
        json.optionalText("createdAt"),
        json.optionalText("updatedAt"),
        versioning(json),
        json.list("unique"),
        json.objects("cascades").stream()
            .map(each -> new Model.Cascade(ResolverJson.children(each)))
            .toList(),
        json.flag("synced"));
  }

  private static Model.@Nullable Versioning versioning(JsonObject json) {
    return json.flag("versioned")
        ? new Model.Versioning(
            Objects.requireNonNullElse(
                json.optionalText("versionField"), Model.Versioning.USUAL.field()),
            Objects.requireNonNullElse(
                json.optionalText("versionInput"), Model.Versioning.USUAL.input()))
        : null;
  }

  private static Map<String, Object> key(TableKey key) {
    return Map.of("partition", key.partition(), "sort", key.sort(), "text", key.text());
  }

  private static TableKey key(JsonObject json) {
    return new TableKey(json.text("partition"), json.list("sort"), json.flag("text"));
  }

  private static Map<String, @Nullable Object> field(ModelField field) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", field.name());
    json.put("attribute", field.attribute());
    json.put("type", field.type());
    json.put("list", field.list());
    json.put("required", field.required());
    json.put("initial", field.initial());
    json.put(
        "validations",
        field.validations().stream()
            .map(each ->
                Map.of(
                    "kind", each.kind().name(),
                    "value", each.value(),
                    "message", each.message()))
            .toList());
    return json;
  }

  private static ModelField modelField(JsonObject json) {
    return new ModelField(
        json.text("name"),
        json.text("attribute"),
        json.text("type"),
        json.flag("list"),
        json.flag("required"),
        json.optionalText("initial"),
        json.objects("validations").stream()
            .map(each ->
                new Validation(
                    Validation.Kind.valueOf(each.text("kind")),
                    each.text("value"),
                    each.text("message")))
            .toList());
  }

  private static List<Map<String, @Nullable Object>> rules(List<AuthRule> rules) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (AuthRule rule : rules) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("allow", rule.allow().name());
      json.put("provider", rule.provider().name());
      json.put("ownerField", rule.ownerField());
      json.put("identityClaim", rule.identityClaim());
      json.put("groupClaim", rule.groupClaim());
      json.put("groups", rule.groups());
      json.put("groupsField", rule.groupsField());
      json.put("operations", rule.operations().stream().map(Enum::name).sorted().toList());
      json.put("fills", rule.fills());
      json.put("shortens", rule.shortens());
      all.add(json);
    }
    return all;
  }

  private static List<AuthRule> rules(Iterable<JsonObject> all) {
    List<AuthRule> rules = new ArrayList<>();
    for (JsonObject json : all) {
      Set<AuthRule.Operation> operations = new LinkedHashSet<>();
      json.list("operations").forEach(name -> operations.add(AuthRule.Operation.valueOf(name)));
      rules.add(
          new AuthRule(
              AuthRule.Allow.valueOf(json.text("allow")),
              AuthRule.Provider.valueOf(json.text("provider")),
              json.optionalText("ownerField"),
              json.optionalText("identityClaim"),
              json.optionalText("groupClaim"),
              json.list("groups"),
              json.optionalText("groupsField"),
              operations,
              !json.has("fills") || json.flag("fills"),
              !json.has("shortens") || json.flag("shortens")));
    }
    return rules;
  }
}
