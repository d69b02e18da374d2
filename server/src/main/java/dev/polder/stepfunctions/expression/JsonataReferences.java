package dev.polder.stepfunctions.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a JSONata expression refers to.
///
/// @param variables free variables, without those of the language itself
/// @param functions functions of the language that are mentioned and not hidden by a variable
/// @param fields names that are looked up in a context item which does not exist, in the order
///   found
/// @param states fields of `$states` that are read
/// @param nodes all parts, by the order in which they were read
record JsonataReferences(
    Set<String> variables,
    Set<String> functions,
    Set<String> fields,
    Set<String> states,
    List<JsonataNode> nodes) {

  static final Set<String> FUNCTIONS =
      Set.of(
          ("sum count max min average string substring substringBefore substringAfter lowercase"
                  + " uppercase length trim pad match contains replace split join formatNumber"
                  + " formatBase formatInteger parseInteger number floor ceil round abs sqrt power"
                  + " random boolean not map zip filter single reduce sift keys lookup append"
                  + " exists spread merge reverse each error assert type sort shuffle distinct"
                  + " base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent"
                  + " decodeUrl eval toMillis fromMillis clone now millis partition range hash uuid"
                  + " parse")
              .split(" "));

  static JsonataReferences of(JsonataNode root) {
    var walk = new Walk();
    walk.visit(root, new HashSet<>(), false);
    return new JsonataReferences(
        walk.variables, walk.functions, walk.fields, walk.states, List.copyOf(walk.nodes));
  }

  /// The references of a text whose structure could not be read: every name after a dollar sign.
  static JsonataReferences of(String text) {
    var walk = new Walk();
    var lexer = new JsonataLexer(text);
    for (var token = lexer.next(true);
        token.kind() != JsonataLexer.Kind.END;
        token = lexer.next(false)) {
      if (token.kind() == JsonataLexer.Kind.VARIABLE && !token.text().isEmpty()) {
        walk.variable(token.text(), Set.of(), true);
      }
    }
    walk.nodes.add(JsonataNode.leaf(JsonataNode.Kind.LITERAL, "", 0));
    return new JsonataReferences(
        walk.variables, walk.functions, Set.of(), walk.states, List.copyOf(walk.nodes));
  }

  private static final class Walk {
    private final Set<String> variables = new LinkedHashSet<>();
    private final Set<String> functions = new HashSet<>();
    private final Set<String> fields = new LinkedHashSet<>();
    private final Set<String> states = new LinkedHashSet<>();
    private final List<JsonataNode> nodes = new ArrayList<>();

    /// @param bound names bound so far in the frame; grows as assignments are met
    /// @param item whether there is a context item
    void visit(JsonataNode node, Set<String> bound, boolean item) {
      nodes.add(node);
      switch (node.kind()) {
        case LITERAL -> {}
        case NAME -> {
          if (!item) {
            fields.add(node.text());
          }
        }
        case VARIABLE -> variable(node.text(), bound, item);
        case STEP -> {
          readsStates(node, bound);
          visit(node.children().get(0), bound, item);
          visit(node.children().get(1), bound, true);
        }
        case ASSIGN -> {
          bound.add(node.text());
          visit(node.children().get(0), bound, item);
        }
        case FOCUS -> {
          visit(node.children().get(0), bound, item);
          bound.add(node.text());
        }
        case BLOCK -> {
          Set<String> inner = new HashSet<>(bound);
          node.children().forEach(child -> visit(child, inner, item));
        }
        case LAMBDA -> {
          Set<String> inner = new HashSet<>(bound);
          int last = node.children().size() - 1;
          node.children().subList(0, last).forEach(parameter -> inner.add(parameter.text()));
          visit(node.children().get(last), inner, item);
        }
        case CALL, ALL -> node.children().forEach(child -> visit(child, bound, item));
      }
    }

    private void variable(String name, Set<String> bound, boolean item) {
      if (bound.contains(name)) {
        return;
      }
      if (name.isEmpty() || name.equals("$")) {
        if (!item || name.equals("$")) {
          fields.add("$" + name);
        }
      } else if (!name.equals("states")) {
        (FUNCTIONS.contains(name) ? functions : variables).add(name);
      } else {
        states.add("");
      }
    }

    private void readsStates(JsonataNode step, Set<String> bound) {
      JsonataNode left = step.children().get(0);
      JsonataNode right = step.children().get(1);
      if (left.kind() == JsonataNode.Kind.VARIABLE
          && left.text().equals("states")
          && !bound.contains("states")
          && right.kind() == JsonataNode.Kind.NAME) {
        states.add(right.text());
      }
    }
  }
}
