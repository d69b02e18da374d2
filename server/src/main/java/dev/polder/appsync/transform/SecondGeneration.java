package dev.polder.appsync.transform;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Document;

/// The transform of the second generation's directives. The steps run in the order of Amplify's
/// own, as some look at what others have made.
final class SecondGeneration {
  private final TransformOptions options;

  SecondGeneration(TransformOptions options) {
    this.options = options;
  }

  Api apply(Document document) {
    Build build = new Build(options);
    UserSchema schema = new UserSchema(build);
    schema.read(document);
    Unsupported.refuse(build.objects.values());
    new HttpStep(build).apply();
    OpenModelsStep open = new OpenModelsStep(build);
    open.ownTypes();
    implied(build.draft);
    PrimaryKeyStep keys = new PrimaryKeyStep(build);
    keys.read();
    mapsTo(build);
    new ManyToManyStep(build, schema).apply();
    new ModelStep(build).apply();
    keys.apply();
    new IndexStep(build).apply();
    new RelationStep(build).apply();
    new FunctionStep(build).apply();
    new ExtensionStep(build).apply();
    new AuthStep(build).apply();
    open.models();
    return new ApiWriter(build).write();
  }

  /// `@mapsTo`: the table keeps the first name of a type that was renamed.
  private static void mapsTo(Build build) {
    for (ModelDraft model : build.models.values()) {
      Directives.first(model.definition.getDirectives(), "mapsTo")
          .map(directive -> Directives.text(Directives.arguments(directive), "name"))
          .ifPresent(name -> model.table = name);
    }
  }

  /// An input that Amplify adds to every schema, used or not.
  private static void implied(Draft draft) {
    draft.add(
        new DraftType("AmplifyAIConversationTurnErrorInput", DraftType.Kind.INPUT)
            .with("errorType", TypeRef.required("String"))
            .with("message", TypeRef.required("String")));
  }
}
