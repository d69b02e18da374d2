package dev.polder.cloudformation.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads YAML, with CloudFormation's short tags, and JSON, which is YAML too.
///
/// `!Ref x` becomes `{"Ref": "x"}`, `!GetAtt a.b` becomes `{"Fn::GetAtt": ["a", "b"]}`, and every
/// other `!Name x` `{"Fn::Name": x}`.
public final class TemplateReader {
  private static final int NODES = 200_000;
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private final Map<String, Integer> lines = new HashMap<>();
  private int nodes;

  private TemplateReader() {}

  /// A text as plain values, and the line on which each begins.
  ///
  /// @param value `Map<String, Object>`, `List<Object>`, `String`, `Boolean`, a `Number`, or null
  /// @param lines by path, such as `/Resources/Bucket/Type`; the first line is 1
  public record Document(@Nullable Object value, Map<String, Integer> lines) {

    /// Where a path is, for a message: the path, and its line where that is known.
    public String at(String path) {
      Integer line = lines.get(path);
      return line == null ? "(" + path + ")" : "(" + path + ", line " + line + ")";
    }
  }

  /// Reads a text.
  ///
  /// @throws TemplateException naming line and column if it is not well-formed
  public static Document read(String text) {
    boolean json = text.stripLeading().startsWith("{");
    var reader = new TemplateReader();
    try {
      Object value = reader.value("", reader.compose(json ? text.replace('\t', ' ') : text));
      return new Document(value, reader.lines);
    } catch (MarkedYamlEngineException e) {
      String where = e.getProblemMark().map(TemplateReader::position).orElse("");
      throw new TemplateException(
          "Template format error: "
              + (json ? "JSON" : "YAML")
              + " not well-formed."
              + where
              + (e.getProblem() == null ? "" : " " + e.getProblem()));
    } catch (YamlEngineException e) {
      throw new TemplateException("Template format error: YAML not well-formed. " + e.getMessage());
    }
  }

  private static String position(Mark mark) {
    return " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")";
  }

  private Node compose(String text) {
    var settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(100)
            .setCodePointLimit(4 << 20)
            .build();
    Optional<Node> root = new Compose(settings).composeString(text);
    return root.orElseThrow(() -> new TemplateException("Template format error: it is empty."));
  }

  private @Nullable Object value(String path, Node node) {
    if (++nodes > NODES) {
      throw new TemplateException("Template format error: it has too many values.");
    }
    node.getStartMark().ifPresent(mark -> lines.putIfAbsent(path, mark.getLine() + 1));
    String tag = node.getTag().getValue();
    // The parser takes a plain ${Name} for a variable of the environment; to a template it is text.
    if (tag.startsWith("!") && !node.getTag().equals(Tag.ENV_TAG)) {
      return function(path, tag.substring(1), node);
    }
    return plain(path, node);
  }

  private @Nullable Object plain(String path, Node node) {
    return switch (node) {
      case MappingNode map -> mapping(path, map);
      case SequenceNode list -> {
        List<@Nullable Object> values = new ArrayList<>();
        for (Node item : list.getValue()) {
          values.add(value(path + "/" + values.size(), item));
        }
        yield values;
      }
      case ScalarNode scalar ->
          scalar.getScalarStyle() == ScalarStyle.PLAIN
              ? typed(scalar.getValue())
              : scalar.getValue();
      default -> throw new TemplateException("Template format error: unexpected value at " + path);
    };
  }

  private Map<String, @Nullable Object> mapping(String path, MappingNode map) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new TemplateException("Template format error: a key is not a string at " + path);
      }
      String name = key.getValue();
      String below = path + "/" + name;
      key.getStartMark().ifPresent(mark -> lines.putIfAbsent(below, mark.getLine() + 1));
      if (values.containsKey(name)) {
        throw new TemplateException(
            "Template format error: Duplicate key " + name + " " + document().at(below));
      }
      values.put(name, value(below, tuple.getValueNode()));
    }
    return values;
  }

  private Document document() {
    return new Document(null, lines);
  }

  private Object function(String path, String name, Node node) {
    if (name.isEmpty()) {
      return String.valueOf(plain(path, node));
    }
    String full = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
    if (!Intrinsic.isKnown(full)) {
      throw new TemplateException(
          "Template format error: Unknown tag !" + name + " " + document().at(path));
    }
    // The text of a tagged scalar is not typed: `!Ref 1` names something.
    Object value = node instanceof ScalarNode s ? s.getValue() : plain(path + "/" + full, node);
    if (full.equals("Fn::GetAtt") && value instanceof String text) {
      int dot = text.indexOf('.');
      if (dot > 0) {
        value = List.of(text.substring(0, dot), text.substring(dot + 1));
      }
    }
    Map<String, @Nullable Object> call = new LinkedHashMap<>();
    call.put(full, value);
    return call;
  }

  /// Plain scalars as YAML 1.2 types them; dates, and numbers that begin with zeros, are text.
  private static @Nullable Object typed(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> Boolean.TRUE;
      case "false", "False", "FALSE" -> Boolean.FALSE;
      default -> {
        if (WHOLE.matcher(text).matches()) {
          long number = new BigInteger(text.startsWith("+") ? text.substring(1) : text).longValue();
          yield number == (int) number ? (Object) (int) number : (Object) number;
        }
        yield DECIMAL.matcher(text).matches() && text.matches(".*[.eE].*")
            ? (Object) new BigDecimal(text).doubleValue()
            : text;
      }
    };
  }
}
