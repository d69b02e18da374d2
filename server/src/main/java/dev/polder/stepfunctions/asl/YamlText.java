package dev.polder.stepfunctions.asl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A definition in YAML, as JSON values, and the line of each.
record YamlText(@Nullable Object value, Map<String, Integer> lines) {

  /// The text read, or null if it is not YAML, which is then reported.
  static @Nullable YamlText read(String text, Findings findings) {
    Map<String, Integer> lines = new HashMap<>();
    try {
      LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
      Optional<Node> root = new Compose(settings).composeString(text);
      return new YamlText(root.map(node -> value(node, "", lines)).orElse(null), lines);
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> place(mark)).orElse("");
      findings.report("INVALID_JSON_DESCRIPTION", e.getProblem() + line, line.strip());
    } catch (YamlEngineException e) {
      findings.report("INVALID_JSON_DESCRIPTION", String.valueOf(e.getMessage()), "");
    }
    return null;
  }

  private static String place(Mark mark) {
    return " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")";
  }

  private static @Nullable Object value(Node node, String at, Map<String, Integer> lines) {
    node.getStartMark().ifPresent(mark -> lines.put(at, mark.getLine() + 1));
    return switch (node) {
      case MappingNode mapping -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
          String key = String.valueOf(((ScalarNode) entry.getKeyNode()).getValue());
          map.put(key, value(entry.getValueNode(), at + "/" + key, lines));
          entry
              .getKeyNode()
              .getStartMark()
              .ifPresent(mark -> lines.put(at + "/" + key, mark.getLine() + 1));
        }
        yield map;
      }
      case SequenceNode sequence -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (Node element : sequence.getValue()) {
          list.add(value(element, at + "[" + list.size() + "]", lines));
        }
        yield list;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new YamlEngineException("Not a value that JSON has: " + node.getTag());
    };
  }

  private static @Nullable Object scalar(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return dev.polder.kernel.Json.parse(text);
    }
    return text;
  }

  /// The findings with the line of each.
  Findings placed(Findings findings) {
    var placed = new Findings();
    for (Diagnostic each : findings.list()) {
      placed.add(
          new Diagnostic(each.code(), each.severity(), each.message(), place(each.location())));
    }
    return placed;
  }

  private @Nullable String place(@Nullable String location) {
    if (location == null) {
      return null;
    }
    String key = location.equals("/") ? "" : location;
    while (!lines.containsKey(key) && key.lastIndexOf('/') >= 0) {
      key = key.substring(0, key.lastIndexOf('/'));
    }
    return location + " (line " + lines.getOrDefault(key, 1) + ")";
  }
}
