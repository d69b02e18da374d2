package dev.polder.appsync.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A field of a model that is stored in its item.
///
/// @param name in the schema
/// @param attribute in the item; another than the name where `@mapsTo` says so
/// @param type the name of the innermost type, such as `String`, `AWSDateTime` or an enum's
/// @param list true if the type is a list
/// @param required true if the type is not nullable
/// @param initial the value given to `@default`, as written there; null if there is none
/// @param validations what a given value must pass
public record ModelField(
    String name,
    String attribute,
    String type,
    boolean list,
    boolean required,
    @Nullable String initial,
    List<Validation> validations) {

  public ModelField {
    validations = List.copyOf(validations);
  }

  /// A field that takes every value of its type.
  public ModelField(
      String name,
      String attribute,
      String type,
      boolean list,
      boolean required,
      @Nullable String initial) {
    this(name, attribute, type, list, required, initial, List.of());
  }
}
