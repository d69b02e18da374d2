package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Value;
import java.util.List;

/// Which parts of items are asked for.
///
/// @param paths none of which leads to, into or across another
public record Projection(List<Path> paths) {
  public Projection {
    paths = List.copyOf(paths);
  }

  /// The attributes of these names, whole.
  public static Projection of(List<String> attributes) {
    return new Projection(attributes.stream().map(Path::of).toList());
  }

  /// Those parts that the item has, within maps and lists that have nothing else. Elements of a
  /// list keep their order and close ranks.
  public Item of(Item item) {
    var parts = new Parts();
    for (Path path : paths) {
      Value value = path.in(item);
      if (value != null) {
        parts.put(path, value);
      }
    }
    return parts.item();
  }
}
