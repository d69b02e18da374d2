package dev.polder.appsync.api;

/// A field of an object type.
///
/// @param type such as `Query` or `Post`
/// @param field such as `getPost` or `comments`
public record FieldName(String type, String field) {
  @Override
  public String toString() {
    return type + "." + field;
  }
}
