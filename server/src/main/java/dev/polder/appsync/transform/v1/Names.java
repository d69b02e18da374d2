package dev.polder.appsync.transform.v1;

import dev.polder.appsync.transform.ast.Scalars;
import java.util.List;
import java.util.Locale;

/// How the names of generated things are made.
final class Names {
  private Names() {}

  static String upper(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  static String camel(List<String> words) {
    StringBuilder name = new StringBuilder();
    for (String word : words) {
      name.append(name.isEmpty() ? lower(word) : upper(word));
    }
    return name.toString();
  }

  private static String lower(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
  }

  static String filter(String type) {
    return "Model" + Scalars.base(type) + "FilterInput";
  }

  static String condition(String type) {
    return "Model" + type + "ConditionInput";
  }

  static String connection(String type) {
    return "Model" + type + "Connection";
  }

  static String keyCondition(String type) {
    return "Model" + Scalars.base(type) + "KeyConditionInput";
  }

  static String compositeKeyCondition(String type, String key) {
    return "Model" + type + upper(key) + "CompositeKeyConditionInput";
  }

  static String compositeKey(String type, String key) {
    return "Model" + type + upper(key) + "CompositeKeyInput";
  }

  static String createInput(String type) {
    return "Create" + upper(type) + "Input";
  }

  static String updateInput(String type) {
    return "Update" + upper(type) + "Input";
  }

  static String deleteInput(String type) {
    return "Delete" + upper(type) + "Input";
  }

  static String embeddedInput(String type) {
    return upper(type) + "Input";
  }
}
