package dev.polder.gateway.codec;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// Named values of the SDK's types as [JsonTree#write] would give them, each converted when it is
/// asked for.
final class TreeView extends AbstractMap<String, @Nullable Object> {
  private final Map<?, ?> raw;

  private TreeView(Map<?, ?> raw) {
    this.raw = raw;
  }

  static Map<String, @Nullable Object> of(SdkPojo pojo) {
    return new TreeView(JsonTree.members(pojo));
  }

  private static @Nullable Object value(@Nullable Object raw) {
    return switch (raw) {
      case SdkPojo pojo -> of(pojo);
      case Map<?, ?> map -> new TreeView(map);
      case List<?> list -> new Elements(list);
      case null, default -> JsonTree.write(raw);
    };
  }

  @Override
  public int size() {
    return raw.size();
  }

  @Override
  public boolean containsKey(Object key) {
    return raw.containsKey(key);
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return value(raw.get(key));
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Entry<String, @Nullable Object>> {
    @Override
    public int size() {
      return raw.size();
    }

    @Override
    public Iterator<Entry<String, @Nullable Object>> iterator() {
      Iterator<? extends Entry<?, ?>> entries = raw.entrySet().iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public Entry<String, @Nullable Object> next() {
          Entry<?, ?> entry = entries.next();
          return new SimpleImmutableEntry<>(
              String.valueOf(entry.getKey()), value(entry.getValue()));
        }
      };
    }
  }

  private static final class Elements extends AbstractList<@Nullable Object> {
    private final List<?> raw;

    Elements(List<?> raw) {
      this.raw = raw;
    }

    @Override
    public @Nullable Object get(int index) {
      return value(raw.get(index));
    }

    @Override
    public int size() {
      return raw.size();
    }
  }
}
