package dev.polder.appsync.transform.v1;

import graphql.language.Directive;
import graphql.language.EnumTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import java.util.ArrayList;
import java.util.List;

/// Types with what their extensions add.
final class Extended {
  private Extended() {}

  static TypeDefinition<?> by(TypeDefinition<?> type, TypeDefinition<?> more) {
    List<Directive> directives = Nodes.joined(type.getDirectives(), more.getDirectives());
    if (type instanceof ObjectTypeDefinition a && more instanceof ObjectTypeDefinition b) {
      return a.transform(copy ->
          copy.directives(directives)
              .implementz(joined(a.getImplements(), b.getImplements()))
              .fieldDefinitions(joined(a.getFieldDefinitions(), b.getFieldDefinitions())));
    }
    if (type instanceof InterfaceTypeDefinition a && more instanceof InterfaceTypeDefinition b) {
      return a.transform(copy ->
          copy.directives(directives)
              .definitions(joined(a.getFieldDefinitions(), b.getFieldDefinitions())));
    }
    if (type instanceof InputObjectTypeDefinition a
        && more instanceof InputObjectTypeDefinition b) {
      return a.transform(copy ->
          copy.directives(directives)
              .inputValueDefinitions(
                  joined(a.getInputValueDefinitions(), b.getInputValueDefinitions())));
    }
    if (type instanceof EnumTypeDefinition a && more instanceof EnumTypeDefinition b) {
      return a.transform(copy ->
          copy.directives(directives)
              .enumValueDefinitions(
                  joined(a.getEnumValueDefinitions(), b.getEnumValueDefinitions())));
    }
    if (type instanceof UnionTypeDefinition a && more instanceof UnionTypeDefinition b) {
      return a.transform(copy ->
          copy.directives(directives)
              .memberTypes(new ArrayList<>(joined(a.getMemberTypes(), b.getMemberTypes()))));
    }
    return type;
  }

  private static <T> List<T> joined(List<? extends T> first, List<? extends T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
