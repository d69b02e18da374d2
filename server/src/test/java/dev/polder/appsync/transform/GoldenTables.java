package dev.polder.appsync.transform;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.ModelField;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The tables of an API, and those of a golden case, in one form that can be compared.
final class GoldenTables {
  private static final Set<String> NUMBERS = Set.of("Int", "Float", "AWSTimestamp");

  private GoldenTables() {}

  static Map<String, String> of(Api api) {
    Map<String, String> tables = new TreeMap<>();
    api.models().values().forEach(model -> tables.put(model.table() + "Table", table(model)));
    return tables;
  }

  private static String table(Model model) {
    Set<String> attributes = new TreeSet<>();
    Map<String, String> global = new TreeMap<>();
    Map<String, String> local = new TreeMap<>();
    String key = key(model, model.key(), attributes);
    for (TableIndex index : model.indexes()) {
      (index.local() ? local : global).put(index.name(), key(model, index.key(), attributes));
    }
    return key + " " + attributes + " " + global + " " + local;
  }

  private static String key(Model model, TableKey key, Set<String> attributes) {
    StringBuilder out = new StringBuilder(attribute(model, key.partition()));
    String partition = key.text() ? "S" : type(model, key.partition());
    attributes.add(attribute(model, key.partition()) + ":" + partition);
    if (!key.sort().isEmpty()) {
      String name =
          String.join("#", key.sort().stream().map(field -> attribute(model, field)).toList());
      String type = key.sort().size() == 1 ? type(model, key.sort().getFirst()) : "S";
      attributes.add(name + ":" + type);
      out.append('/').append(name);
    }
    return out.toString();
  }

  private static String attribute(Model model, String field) {
    ModelField found = model.fields().get(field);
    return found == null ? field : found.attribute();
  }

  private static String type(Model model, String field) {
    ModelField found = model.fields().get(field);
    return found != null && NUMBERS.contains(found.type()) ? "N" : "S";
  }

  static Map<String, String> of(Map<String, Object> golden) {
    Map<String, String> tables = new TreeMap<>();
    golden.forEach((name, table) -> tables.put(name, table((Map<?, ?>) table)));
    return tables;
  }

  private static String table(Map<?, ?> table) {
    Set<String> attributes = new TreeSet<>();
    for (Object attribute : (List<?>) table.get("Attr")) {
      Map<?, ?> map = (Map<?, ?>) attribute;
      attributes.add(map.get("AttributeName") + ":" + map.get("AttributeType"));
    }
    return schema((List<?>) table.get("KeySchema"))
        + " "
        + attributes
        + " "
        + indexes((List<?>) table.get("GSI"))
        + " "
        + indexes((List<?>) table.get("LSI"));
  }

  private static Map<String, String> indexes(List<?> indexes) {
    Map<String, String> found = new TreeMap<>();
    for (Object index : indexes) {
      List<?> pair = (List<?>) index;
      found.put((String) pair.getFirst(), schema((List<?>) pair.getLast()));
    }
    return found;
  }

  private static String schema(List<?> schema) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (Object part : schema) {
      Map<?, ?> map = (Map<?, ?>) part;
      keys.put((String) map.get("KeyType"), (String) map.get("AttributeName"));
    }
    String range = keys.get("RANGE");
    return keys.get("HASH") + (range == null ? "" : "/" + range);
  }
}
