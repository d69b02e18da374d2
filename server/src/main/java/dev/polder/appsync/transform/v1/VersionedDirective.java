package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.Model.Versioning;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `@versioned`: every change of an item names the version that it is based on.
final class VersionedDirective {
  private final Draft draft;

  VersionedDirective(Draft draft) {
    this.draft = draft;
  }

  void apply(ObjectTypeDefinition type, Directive directive) {
    DraftModel model = draft.models().get(type.getName());
    if (model == null) {
      throw new SchemaException(
          Problem.directive(
              directive, "Types annotated with @versioned must also be annotated with @model."));
    }
    Versioning names = names(directive);
    model.versioning = names;
    stripCreateInput(model, names.field(), directive);
    Inputs.add(draft, Names.deleteInput(model.type()), names.input(), TypeRef.required("Int"));
    Inputs.add(draft, Names.updateInput(model.type()), names.input(), TypeRef.required("Int"));
    requireField(model, names.field(), directive);
  }

  private static Versioning names(Directive directive) {
    Arguments arguments = Arguments.of(directive);
    return new Versioning(
        arguments.text("versionField", Versioning.USUAL.field()),
        arguments.text("versionInput", Versioning.USUAL.input()));
  }

  private void stripCreateInput(DraftModel model, String version, Directive directive) {
    String name = Names.createInput(model.type());
    Inputs.without(draft, name, Set.of(version));
    Optional<InputObjectTypeDefinition> input = draft.input(name);
    if (input.isPresent() && input.get().getInputValueDefinitions().isEmpty()) {
      throw new SchemaException(
          Problem.directive(
              directive,
              ("After stripping away version field \"%s\", the create input for type \"%s\" cannot"
                      + " be created with 0 fields. Add another field to type \"%s\" to continue.")
                  .formatted(version, model.type(), model.type())));
    }
  }

  private void requireField(DraftModel model, String version, Directive directive) {
    ObjectTypeDefinition type = draft.object(model.type()).orElseThrow();
    List<FieldDefinition> fields = new ArrayList<>();
    boolean declared = false;
    for (FieldDefinition field : type.getFieldDefinitions()) {
      boolean counts = field.getName().equals(version);
      declared |= counts;
      fields.add(counts ? required(field, directive) : field);
    }
    if (!declared) {
      fields.add(Nodes.field(version, List.of(), TypeRef.required("Int")));
    }
    draft.put(type.transform(copy -> copy.fieldDefinitions(fields)));
  }

  private static FieldDefinition required(FieldDefinition field, Directive directive) {
    String base = TypeRef.base(field.getType());
    if (!base.equals("Int") && !base.equals("BigInt")) {
      throw new SchemaException(
          Problem.at(
              directive,
              "TransformerContractError",
              "The versionField \"%s\" is required to be of type \"Int\" or \"BigInt\"."
                  .formatted(field.getName())));
    }
    return field.transform(copy -> copy.type(TypeRef.required(field.getType())));
  }
}
