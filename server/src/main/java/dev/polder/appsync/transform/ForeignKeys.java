package dev.polder.appsync.transform;

import dev.polder.appsync.transform.ast.TypeRef;
import java.util.ArrayList;
import java.util.List;

/// Fields that the transform adds to hold another object's key.
final class ForeignKeys {
  private static final String OWN_KEYS = "respectPrimaryKeyAttributesOnConnectionField";

  private final Build build;

  ForeignKeys(Build build) {
    this.build = build;
  }

  /// A field that holds one field of a key.
  ///
  /// @param name such as `blogPostsId`
  /// @param attribute its name in the table, which keeps the first name of a model that `@mapsTo`
  ///   renamed
  /// @param type of the key's field
  private record Part(String name, String attribute, String type) {}

  /// The names of the fields that hold the key of `keyed`, for a relation's field of `owner`.
  List<String> names(ModelDraft owner, String field, ModelDraft keyed) {
    return parts(owner, field, keyed).stream().map(Part::name).toList();
  }

  /// An `id` that no `@primaryKey` makes the key is held as `ID`, whatever its own type. The fields
  /// on which the related model finds the objects of the relation's owner; the first one alone in a
  /// project whose foreign keys do not follow the owner's key.
  List<String> attributes(Relation relation, ModelDraft keyed) {
    List<String> names = names(relation.model(), relation.field().getName(), keyed);
    return build.options.flag(OWN_KEYS, true) ? names : names.subList(0, 1);
  }

  private List<Part> parts(ModelDraft owner, String field, ModelDraft keyed) {
    boolean ownKeys = build.options.flag(OWN_KEYS, true);
    List<Part> parts = new ArrayList<>();
    for (String key : keyed.key.fields()) {
      boolean partition = parts.isEmpty();
      String suffix = partition && !ownKeys ? "id" : key;
      boolean implied = key.equals("id") && !keyed.keyed();
      String type = partition && (implied || !ownKeys) ? "ID" : keyed.keyType(key);
      parts.add(
          new Part(
              Words.camel(owner.name, field, suffix),
              Words.camel(owner.table, field, suffix),
              type));
    }
    return parts;
  }

  /// Adds the fields to the model `holder`, its inputs and its filters.
  ///
  /// @param relation whose owner gives the fields their names, and whose owner's subscription
  ///   filter gets them too; that this is the owner even where another model holds the fields is as
  ///   Amplify has it
  void add(Relation relation, ModelDraft holder, ModelDraft keyed) {
    ModelDraft owner = relation.model();
    for (Part part : parts(owner, relation.field().getName(), keyed)) {
      if (!part.name().equals(part.attribute())) {
        holder.attributes.put(part.name(), part.attribute());
      }
      with(holder.name, part.name(), part.type(), relation.required());
      with(holder.inputName("Create"), part.name(), part.type(), relation.required());
      with(holder.inputName("Update"), part.name(), part.type(), false);
      String filter = Inputs.filterType(part.type());
      with(holder.filterName(), part.name(), filter, false);
      with(holder.conditionName(), part.name(), filter, false);
      String subscription = Inputs.subscriptionFilterType(part.type());
      with(owner.subscriptionFilterName(), part.name(), subscription, false);
    }
  }

  private void with(String type, String field, String fieldType, boolean required) {
    DraftType found = build.draft.type(type);
    if (found != null) {
      found.with(field, TypeRef.of(fieldType, required));
    }
  }
}
