package dev.polder.appsync.transform.v1;

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
///
/// Other names than `version` and `expectedVersion` are refused.
final class VersionedDirective {
  private static final String FIELD = "version";
  private static final String INPUT = "expectedVersion";

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
    checkNames(directive);
    model.versioned = true;
    stripCreateInput(model, directive);
    Inputs.add(draft, Names.deleteInput(model.type()), INPUT, TypeRef.required("Int"));
    Inputs.add(draft, Names.updateInput(model.type()), INPUT, TypeRef.required("Int"));
    requireField(model, directive);
  }

  private static void checkNames(Directive directive) {
    Arguments arguments = Arguments.of(directive);
    if (!arguments.text("versionField", FIELD).equals(FIELD)
        || !arguments.text("versionInput", INPUT).equals(INPUT)) {
      throw new SchemaException(
          Problem.directive(
              directive,
              "@versioned with other names than version and expectedVersion is not supported."));
    }
  }

  private void stripCreateInput(DraftModel model, Directive directive) {
    String name = Names.createInput(model.type());
    Inputs.without(draft, name, Set.of(FIELD));
    Optional<InputObjectTypeDefinition> input = draft.input(name);
    if (input.isPresent() && input.get().getInputValueDefinitions().isEmpty()) {
      throw new SchemaException(
          Problem.directive(
              directive,
              ("After stripping away version field \"%s\", the create input for type \"%s\" cannot"
                      + " be created with 0 fields. Add another field to type \"%s\" to continue.")
                  .formatted(FIELD, model.type(), model.type())));
    }
  }

  private void requireField(DraftModel model, Directive directive) {
    ObjectTypeDefinition type = draft.object(model.type()).orElseThrow();
    List<FieldDefinition> fields = new ArrayList<>();
    boolean declared = false;
    for (FieldDefinition field : type.getFieldDefinitions()) {
      boolean version = field.getName().equals(FIELD);
      declared |= version;
      fields.add(version ? required(field, directive) : field);
    }
    if (!declared) {
      fields.add(Nodes.field(FIELD, List.of(), TypeRef.required("Int")));
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
                  .formatted(FIELD)));
    }
    return field.transform(copy -> copy.type(TypeRef.required(field.getType())));
  }
}
