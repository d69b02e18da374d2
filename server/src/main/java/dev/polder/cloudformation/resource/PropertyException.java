package dev.polder.cloudformation.resource;

/// A property that a resource type does not have, lacks, or cannot take with its value.
public final class PropertyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param path of the property, such as `#/TableInput/Retention`
  PropertyException(String path, String problem) {
    super(path + ": " + problem);
  }
}
