package dev.polder.appsync.transform;

import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is open without rules: models without `@auth` to the project's own modes, and everything
/// the user wrote himself to IAM, so that administrators get at it.
///
/// A schema without any rule is open as it is; in one that has rules, models without them are open
/// to nobody. Models are open to API keys in a sandbox (`input AMPLIFY`, flag
/// `sandboxModeEnabled`), and to IAM with the flag `enableIamAccess`.
final class OpenModelsStep {
  private static final List<String> ROOTS = List.of("Query", "Mutation", "Subscription");

  private final Build build;

  OpenModelsStep(Build build) {
    this.build = build;
  }

  private boolean iam() {
    return build.options.flag("enableIamAccess", false);
  }

  /// Opens the user's own types and operations; to run before others are made.
  void ownTypes() {
    if (!build.sandbox && !iam() || !build.options.auth().allows(AuthMode.AWS_IAM)) {
      return;
    }
    for (DraftType type : build.draft.types.values()) {
      if (type.kind == DraftType.Kind.OBJECT && !build.isModel(type.name)) {
        type.mark(AuthMode.AWS_IAM.directive());
        if (ROOTS.contains(type.name)) {
          type.fields.values().forEach(field -> field.mark(AuthMode.AWS_IAM.directive()));
        }
      }
    }
  }

  /// Opens the models without rules, or closes them where others have rules; to run after
  /// everything is made.
  void models() {
    List<String> directives = directives();
    boolean closed =
        !build.sandbox && !iam() && !(build.typeRules.isEmpty() && build.fieldRules.isEmpty());
    for (ModelDraft model : build.models.values()) {
      if (!Directives.has(model.definition.getDirectives(), "auth")) {
        if (!directives.isEmpty()) {
          open(model, directives);
        }
        if (closed) {
          build.typeRules.putIfAbsent(model.name, List.of());
        }
      }
    }
  }

  private List<String> directives() {
    AuthMode initial = build.options.auth().initial();
    List<String> directives = new ArrayList<>();
    boolean both = build.sandbox && iam();
    if (build.sandbox && (both || initial != AuthMode.API_KEY)) {
      directives.add(AuthMode.API_KEY.directive());
    }
    if (iam() && (both || initial != AuthMode.AWS_IAM)) {
      directives.add(AuthMode.AWS_IAM.directive());
    }
    return directives;
  }

  private void open(ModelDraft model, List<String> directives) {
    Set<String> seen = new HashSet<>();
    mark(model.name, directives);
    embedded(model.name, directives, seen);
    Operations operations = model.operations;
    DraftType query = build.draft.type("Query");
    if (query != null) {
      model.indexQueries.forEach(name -> directives.forEach(query.field(name)::mark));
    }
    open("Query", Stream.of(operations.get(), operations.list(), operations.sync()), directives);
    open(
        "Mutation",
        Stream.of(operations.create(), operations.update(), operations.delete()),
        directives);
    open("Subscription", operations.subscriptions().keySet().stream(), directives);
  }

  private void open(String root, Stream<@Nullable String> names, List<String> directives) {
    DraftType type = build.draft.type(root);
    if (type != null) {
      names
          .filter(Objects::nonNull)
          .filter(type::has)
          .map(type::field)
          .forEach(field -> {
            directives.forEach(field::mark);
            mark(TypeRef.base(field.type), directives);
          });
    }
  }

  private void mark(String type, List<String> directives) {
    DraftType found = build.draft.type(type);
    if (found != null) {
      directives.forEach(found::mark);
    }
  }

  /// Opens the types that a type has, as they were written: not the pages of its connections.
  private void embedded(String name, List<String> directives, Set<String> seen) {
    ObjectTypeDefinition type = build.objects.get(name);
    if (type == null) {
      return;
    }
    for (FieldDefinition field : type.getFieldDefinitions()) {
      String base = TypeRef.base(field.getType());
      if (build.objects.containsKey(base) && !build.isModel(base) && seen.add(base)) {
        mark(base, directives);
        embedded(base, directives, seen);
      }
    }
  }
}
