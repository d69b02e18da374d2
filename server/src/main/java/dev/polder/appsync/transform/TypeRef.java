package dev.polder.appsync.transform;

import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;

/// References to types, such as `[Post!]!`.
final class TypeRef {
  private TypeRef() {}

  static Type<?> named(String name) {
    return new TypeName(name);
  }

  static Type<?> required(String name) {
    return new NonNullType(new TypeName(name));
  }

  static Type<?> list(String name) {
    return new ListType(new TypeName(name));
  }

  static Type<?> requiredList(String name) {
    return new NonNullType(new ListType(new TypeName(name)));
  }

  /// A reference to the name, required or not.
  static Type<?> of(String name, boolean required) {
    return required ? required(name) : named(name);
  }

  /// The name of the innermost type.
  static String base(Type<?> type) {
    return switch (type) {
      case NonNullType required -> base(required.getType());
      case ListType list -> base(list.getType());
      case TypeName name -> name.getName();
      default -> throw new IllegalArgumentException("no type reference: " + type);
    };
  }

  /// The reference as it is written.
  static String text(Type<?> type) {
    return switch (type) {
      case NonNullType required -> text(required.getType()) + "!";
      case ListType list -> "[" + text(list.getType()) + "]";
      case TypeName name -> name.getName();
      default -> throw new IllegalArgumentException("no type reference: " + type);
    };
  }

  static boolean isRequired(Type<?> type) {
    return type instanceof NonNullType;
  }

  static boolean isList(Type<?> type) {
    return nullable(type) instanceof ListType;
  }

  /// The type without its outermost `!`.
  static Type<?> nullable(Type<?> type) {
    return type instanceof NonNullType required ? required.getType() : type;
  }

  /// The type with an outermost `!`.
  static Type<?> required(Type<?> type) {
    return switch (nullable(type)) {
      case ListType list -> new NonNullType(list);
      case TypeName name -> new NonNullType(name);
      default -> throw new IllegalArgumentException("no type reference: " + type);
    };
  }

  /// The same lists and `!` around another name.
  static Type<?> renamed(Type<?> type, String name) {
    return switch (type) {
      case NonNullType required -> required(renamed(required.getType(), name));
      case ListType list -> new ListType(renamed(list.getType(), name));
      default -> new TypeName(name);
    };
  }
}
