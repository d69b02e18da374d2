package dev.polder.gateway.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/// Reads structures from the form parameters of the Query protocol, where `Tags.member.1.Key=stage`
/// is the key of the first tag.
public final class QueryDecoder {
  private static final int DEEPEST = 100;
  // Numbers in their numeric order ("2" before "10"), so that list elements come in theirs.
  private static final Comparator<String> BY_INDEX =
      Comparator.<String>comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private QueryDecoder() {}

  /// A place in the tree that the dots of the parameters' names make.
  private static final class Node {
    private @Nullable String text;
    private final Map<String, Node> children = new TreeMap<>(BY_INDEX);

    @Nullable Node child(String name) {
      return children.get(name);
    }
  }

  /// Fills a builder from a form.
  ///
  /// @throws MalformedInputException if a value is not of its member's type
  public static void read(Map<String, List<String>> form, SdkPojo builder) {
    structure(tree(form), builder);
  }

  private static Node tree(Map<String, List<String>> form) {
    var root = new Node();
    form.forEach((name, values) -> {
      String[] path = name.split("\\.", -1);
      if (path.length > DEEPEST) {
        throw new MalformedInputException("The parameter is nested too deeply: " + path[0]);
      }
      Node node = root;
      for (String part : path) {
        node = node.children.computeIfAbsent(part, _ -> new Node());
      }
      node.text = values.getFirst();
    });
    return root;
  }

  private static void structure(Node node, SdkPojo builder) {
    for (Member member : Shape.of(builder).members()) {
      Node child = node.child(member.name());
      if (child != null) {
        member.set(builder, value(child, member));
      }
    }
  }

  private static Object value(Node node, Member member) {
    if (member.type() == MarshallingKnownType.SDK_POJO) {
      SdkPojo nested = member.newBuilder();
      structure(node, nested);
      return Member.build(nested);
    }
    if (member.isList()) {
      return list(node, member);
    }
    if (member.isMap()) {
      return map(node, member);
    }
    if (node.text == null) {
      throw new MalformedInputException("Expected one value at '" + member.name() + "'");
    }
    return Scalars.parse(node.text, member, Format.ISO_8601);
  }

  private static List<Object> list(Node node, Member member) {
    Node elements = member.isFlattened() ? node : node.child(member.listElementName());
    if (elements == null) {
      elements = node.child("member");
    }
    List<Object> values = new ArrayList<>();
    if (elements != null) {
      elements.children.values().forEach(each -> values.add(value(each, member.element())));
    }
    return values;
  }

  private static Map<String, Object> map(Node node, Member member) {
    Node entries = member.isFlattened() ? node : node.child("entry");
    Map<String, Object> values = new LinkedHashMap<>();
    if (entries != null) {
      for (Node entry : entries.children.values()) {
        Node key = entry.child(member.mapKeyName());
        Node value = entry.child(member.mapValueName());
        if (key == null || key.text == null || value == null) {
          throw new MalformedInputException(
              "Expected a key and a value in '" + member.name() + "'");
        }
        values.put(key.text, value(value, member.element()));
      }
    }
    return values;
  }
}
