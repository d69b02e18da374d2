package dev.polder.appsync.transform.v1;

import dev.polder.appsync.transform.ast.Comparisons;
import dev.polder.appsync.transform.ast.Scalars;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.InputValueDefinition;
import java.util.ArrayList;
import java.util.List;

/// The input types of conditions on a sort key.
final class KeyConditions {
  private final Draft draft;

  KeyConditions(Draft draft) {
    this.draft = draft;
  }

  /// Adds the condition on a key of one field.
  void add(String scalar) {
    String standard = Scalars.base(scalar);
    draft.addIfAbsent(
        Nodes.input(
            Names.keyCondition(scalar), Nodes.compared(standard, Comparisons.ofKey(standard))));
  }

  /// Adds the condition on a key of several fields. Only the last of them is compared as its
  /// standard scalar; the ones before it have to be known as they are.
  void addComposite(String type, String key, List<InputValueDefinition> fields) {
    String whole = Names.compositeKey(type, key);
    draft.addIfAbsent(
        Nodes.input(
            Names.compositeKeyCondition(type, key), Nodes.compared(whole, Comparisons.KEY)));
    List<InputValueDefinition> values = new ArrayList<>(fields);
    InputValueDefinition last = values.removeLast();
    values.add(Nodes.value(last.getName(), Scalars.base(TypeRef.base(last.getType()))));
    draft.addIfAbsent(Nodes.input(whole, values));
  }
}
