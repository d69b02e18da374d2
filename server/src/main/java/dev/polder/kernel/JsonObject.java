package dev.polder.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object that this program wrote itself: its members are there and have the types that were
/// given. Not for what others send.
///
/// @param members in [Json] form
public record JsonObject(Map<String, Object> members) {

  /// Reads the object of a stored value.
  public static JsonObject of(byte[] utf8) {
    return new JsonObject(Json.parseObject(new String(utf8, StandardCharsets.UTF_8)));
  }

  /// The stored form of an object's members.
  public static byte[] bytes(Map<String, ?> members) {
    return Json.write(members).getBytes(StandardCharsets.UTF_8);
  }

  /// A member that is there.
  public Object member(String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  /// True if the member is there and not null.
  public boolean has(String name) {
    return members.get(name) != null;
  }

  /// The names of all members, in order.
  public Set<String> names() {
    return members.keySet();
  }

  public String text(String name) {
    return (String) member(name);
  }

  /// A text, or null where there is none.
  public @Nullable String optionalText(String name) {
    return (String) members.get(name);
  }

  public int whole(String name) {
    return ((Number) member(name)).intValue();
  }

  public long number(String name) {
    return ((Number) member(name)).longValue();
  }

  public double decimal(String name) {
    return ((Number) member(name)).doubleValue();
  }

  public boolean flag(String name) {
    return (Boolean) member(name);
  }

  /// An instant that was written as its ISO text.
  public Instant instant(String name) {
    return Instant.parse(text(name));
  }

  /// An instant, or null where there is none.
  public @Nullable Instant optionalInstant(String name) {
    return has(name) ? instant(name) : null;
  }

  /// An object whose members are texts.
  public Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    object(name).members.forEach((key, value) -> texts.put(key, (String) value));
    return texts;
  }

  /// An array of texts.
  public List<String> list(String name) {
    List<String> texts = new ArrayList<>();
    ((List<?>) member(name)).forEach(each -> texts.add((String) each));
    return texts;
  }

  /// An array of arrays.
  public List<List<?>> arrays(String name) {
    List<List<?>> arrays = new ArrayList<>();
    ((List<?>) member(name)).forEach(each -> arrays.add((List<?>) each));
    return arrays;
  }

  /// An array of objects.
  public List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    ((List<?>) member(name)).forEach(each -> objects.add(cast(each)));
    return objects;
  }

  public JsonObject object(String name) {
    return cast(member(name));
  }

  @SuppressWarnings("unchecked")
  private static JsonObject cast(Object value) {
    return new JsonObject((Map<String, Object>) value);
  }
}
