package dev.polder.cloudformation.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A serverless resource as written.
///
/// @param attributes its members other than `Type` and `Properties`, such as `Condition`
record ServerlessResource(
    String id, Map<String, Object> properties, Map<String, Object> attributes) {

  static ServerlessResource of(String id, @Nullable Object resource) {
    Map<String, Object> properties = new LinkedHashMap<>();
    Map<String, Object> attributes = new LinkedHashMap<>();
    if (resource instanceof Map<?, ?> map) {
      map.forEach((name, value) -> {
        if (name.equals("Properties") && value instanceof Map<?, ?> given) {
          given.forEach((property, each) -> properties.put(String.valueOf(property), each));
        } else if (!name.equals("Type") && !name.equals("Metadata")) {
          attributes.put(String.valueOf(name), value);
        }
      });
    }
    return new ServerlessResource(id, properties, attributes);
  }

  ServerlessResource with(Map<String, Object> changed) {
    return new ServerlessResource(id, changed, attributes);
  }

  /// Refuses properties that are not honoured.
  void allowOnly(String type, Set<String> known) {
    for (String property : properties.keySet()) {
      if (!known.contains(property)) {
        throw ServerlessTransform.invalid(
            id, "property " + property + " is not supported for a resource of type " + type);
      }
    }
  }

  /// The plain resource that takes this one's place.
  Map<String, Object> plain(String type, Map<String, Object> plainProperties) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("Type", type);
    resource.put("Properties", plainProperties);
    resource.putAll(attributes);
    return resource;
  }

  /// A resource that belongs to this one: it exists under the same condition.
  Map<String, Object> derived(String type, Map<String, Object> itsProperties) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("Type", type);
    resource.put("Properties", itsProperties);
    Object condition = attributes.get("Condition");
    if (condition != null) {
      resource.put("Condition", condition);
    }
    return resource;
  }

  /// Copies a property under another name, if it is there.
  void copy(String property, Map<String, Object> to, String name) {
    Object value = properties.get(property);
    if (value != null) {
      to.put(name, value);
    }
  }

  /// Tags as a list, with AWS's own first.
  List<Object> tags(String createdBy) {
    List<Object> tags = new ArrayList<>();
    tags.add(tag(createdBy, "SAM"));
    tags.addAll(tags());
    return tags;
  }

  /// Its own tags as a list.
  List<Object> tags() {
    List<Object> tags = new ArrayList<>();
    if (properties.get("Tags") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> tags.add(tag(String.valueOf(key), value)));
    }
    return tags;
  }

  private static Map<String, Object> tag(String key, Object value) {
    Map<String, Object> tag = new LinkedHashMap<>();
    tag.put("Key", key);
    tag.put("Value", value);
    return tag;
  }

  /// Where a file in a bucket is: `s3://bucket/key`, or an object of that meaning.
  ///
  /// @return bucket, key and, if given, version under these names
  Map<String, Object> location(String property, String bucket, String key, String version) {
    Object uri = properties.get(property);
    Map<String, Object> location = new LinkedHashMap<>();
    if (uri instanceof Map<?, ?> map && map.get("Bucket") != null && map.get("Key") != null) {
      location.put(bucket, map.get("Bucket"));
      location.put(key, map.get("Key"));
      if (map.get("Version") != null) {
        location.put(version, map.get("Version"));
      }
      return location;
    }
    if (uri instanceof String text && text.matches("s3://[^/]+/.+")) {
      int slash = text.indexOf('/', 5);
      int query = text.indexOf("?versionId=");
      location.put(bucket, text.substring(5, slash));
      location.put(key, text.substring(slash + 1, query < 0 ? text.length() : query));
      if (query >= 0) {
        location.put(version, text.substring(query + "?versionId=".length()));
      }
      return location;
    }
    throw ServerlessTransform.invalid(
        id,
        uri == null
            ? "Missing required property '" + property + "'."
            : "'"
                + property
                + "' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId"
                + " query parameter.");
  }

  /// `{"Fn::GetAtt": [id, attribute]}`.
  static Map<String, Object> attribute(String id, String attribute) {
    return Map.of("Fn::GetAtt", List.of(id, attribute));
  }

  /// `{"Ref": id}`.
  static Map<String, Object> ref(String id) {
    return Map.of("Ref", id);
  }
}
