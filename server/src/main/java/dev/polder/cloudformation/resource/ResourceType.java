package dev.polder.cloudformation.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A type of resource. Failures of the service are its exceptions; the caller reports them.
public interface ResourceType {

  /// Such as `AWS::S3::Bucket`.
  String name();

  /// The properties, as the template names them.
  Shape.Struct properties();

  /// What `Fn::GetAtt` can ask for.
  default Set<String> attributes() {
    return Set.of();
  }

  /// Properties whose change needs a new resource.
  Set<String> replacing();

  /// Makes the resource. Where the call is [ResourceCall#resumed()] one that exists already is this
  /// one, made before a crash.
  Made create(ResourceCall call);

  /// Gives the resource other properties, none of [#replacing()] among those that changed. There is
  /// nothing to do where all are among those.
  default Made update(ResourceCall call, Made before, Map<String, Object> old) {
    return before;
  }

  /// Removes the resource; one that is gone already is no error.
  void delete(ResourceCall call, Made made);

  /// What is wrong with properties as written, beyond their names; empty for nothing.
  default List<String> problems(Map<String, Object> written) {
    return List.of();
  }

  /// True if this change needs a new resource.
  default boolean replaces(Map<String, Object> old, Map<String, Object> now) {
    return replacing().stream().anyMatch(name -> !Objects.equals(old.get(name), now.get(name)));
  }

  /// A resource that is there.
  ///
  /// @param physicalId its name or ARN; another after every replacement
  /// @param ref what `Ref` answers
  /// @param attributes what `Fn::GetAtt` answers
  record Made(String physicalId, String ref, Map<String, Object> attributes) {
    public Made {
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    static Made named(String name, Map<String, Object> attributes) {
      return new Made(name, name, attributes);
    }
  }
}
