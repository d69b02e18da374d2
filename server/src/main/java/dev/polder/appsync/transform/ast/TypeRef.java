package dev.polder.appsync.transform.ast;

import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;

/// References to types, such as `[Post!]!`: making them and asking what they are.
public final class TypeRef {
  private TypeRef() {}

  /// The name, neither required nor a list.
  public static Type<?> named(String name) {
    return new TypeName(name);
  }

  /// The name with a `!`.
  public static Type<?> required(String name) {
    return new NonNullType(new TypeName(name));
  }

  /// A list of the name.
  public static Type<?> list(String name) {
    return new ListType(new TypeName(name));
  }

  /// A list of the name, with a `!` around it.
  public static Type<?> requiredList(String name) {
    return new NonNullType(new ListType(new TypeName(name)));
  }

  /// A reference to the name, required or not.
  public static Type<?> of(String name, boolean required) {
    return required ? required(name) : named(name);
  }

  /// The name of the innermost type.
  public static String base(Type<?> type) {
    return switch (type) {
      case NonNullType required -> base(required.getType());
      case ListType list -> base(list.getType());
      case TypeName name -> name.getName();
      default -> throw new IllegalArgumentException("no type reference: " + type);
    };
  }

  /// The reference as it is written.
  public static String text(Type<?> type) {
    return switch (type) {
      case NonNullType required -> text(required.getType()) + "!";
      case ListType list -> "[" + text(list.getType()) + "]";
      case TypeName name -> name.getName();
      default -> throw new IllegalArgumentException("no type reference: " + type);
    };
  }

  /// True if the outermost is a `!`.
  public static boolean isRequired(Type<?> type) {
    return type instanceof NonNullType;
  }

  /// True if it is a list, required or not.
  public static boolean isList(Type<?> type) {
    return nullable(type) instanceof ListType;
  }

  /// The type without its outermost `!`.
  public static Type<?> nullable(Type<?> type) {
    return type instanceof NonNullType required ? required.getType() : type;
  }

  /// The type with an outermost `!`.
  public static Type<?> required(Type<?> type) {
    return switch (nullable(type)) {
      case ListType list -> new NonNullType(list);
      case TypeName name -> new NonNullType(name);
      default -> throw new IllegalArgumentException("no type reference: " + type);
    };
  }

  /// The same lists and `!` around another name.
  public static Type<?> renamed(Type<?> type, String name) {
    return switch (type) {
      case NonNullType required -> required(renamed(required.getType(), name));
      case ListType list -> new ListType(renamed(list.getType(), name));
      default -> new TypeName(name);
    };
  }
}
