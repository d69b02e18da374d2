package dev.polder.appsync.transform.v1;

import graphql.language.InputValueDefinition;
import graphql.language.Type;
import java.util.ArrayList;
import java.util.List;

/// The input types of conditions on a sort key.
final class KeyConditions {
  private static final List<String> ORDER = List.of("eq", "le", "lt", "ge", "gt");

  private final Draft draft;

  KeyConditions(Draft draft) {
    this.draft = draft;
  }

  /// Adds the condition on a key of one field.
  void add(String scalar) {
    String standard = Scalars.standard(scalar);
    boolean text = standard.equals("String") || standard.equals("ID");
    draft.addIfAbsent(
        Nodes.input(
            Names.keyCondition(scalar),
            conditions(Nodes.named(standard), Nodes.list(standard), text)));
  }

  /// Adds the condition on a key of several fields. Only the last of them is compared as its
  /// standard scalar; the ones before it have to be known as they are.
  void addComposite(String type, String key, List<InputValueDefinition> fields) {
    String whole = Names.compositeKey(type, key);
    draft.addIfAbsent(
        Nodes.input(
            Names.compositeKeyCondition(type, key),
            conditions(Nodes.named(whole), Nodes.list(whole), true)));
    List<InputValueDefinition> values = new ArrayList<>(fields);
    InputValueDefinition last = values.removeLast();
    values.add(Nodes.value(last.getName(), Scalars.standard(Nodes.base(last.getType()))));
    draft.addIfAbsent(Nodes.input(whole, values));
  }

  private static List<InputValueDefinition> conditions(Type<?> one, Type<?> two, boolean text) {
    List<InputValueDefinition> conditions = new ArrayList<>();
    ORDER.forEach(name -> conditions.add(Nodes.value(name, one)));
    conditions.add(Nodes.value("between", two));
    if (text) {
      conditions.add(Nodes.value("beginsWith", one));
    }
    return conditions;
  }
}
