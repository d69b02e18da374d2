package dev.polder.athena.sql;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.LambdaExpression;
import io.trino.sql.tree.StringLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A function's arguments, translated when they are asked for.
final class Call {
  private final ExpressionTranslator in;
  private final FunctionCall node;
  private final @Nullable Typed[] typed;

  Call(ExpressionTranslator in, FunctionCall node) {
    this.in = in;
    this.node = node;
    this.typed = new @Nullable Typed[node.getArguments().size()];
  }

  /// A lambda's text and the type of what it gives.
  record Lambda(String sql, SqlType type) {}

  FunctionCall node() {
    return node;
  }

  String name() {
    return Trees.name(node);
  }

  int size() {
    return typed.length;
  }

  ExpressionTranslator in() {
    return in;
  }

  Expression expression(int index) {
    return node.getArguments().get(index);
  }

  Typed arg(int index) {
    if (index >= typed.length || expression(index) instanceof LambdaExpression) {
      throw unexpected();
    }
    Typed value = typed[index];
    if (value == null) {
      value = in.of(expression(index));
      typed[index] = value;
    }
    return value;
  }

  SqlType type(int index) {
    return arg(index).type();
  }

  List<Typed> args() {
    List<Typed> all = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      all.add(arg(i));
    }
    return all;
  }

  /// An argument converted to the type that the function takes.
  String as(int index, SqlType type) {
    Typed value = arg(index);
    if (!Coercions.can(value.type(), type)) {
      throw unexpected();
    }
    return Casts.coerce(node, value, type).sql();
  }

  String number(int index) {
    return as(index, SqlType.Simple.DOUBLE);
  }

  String whole(int index) {
    return as(index, SqlType.Simple.BIGINT);
  }

  /// Text of any length.
  String text(int index) {
    Typed value = arg(index);
    if (!value.type().isText() && !value.isNull()) {
      throw unexpected();
    }
    return Casts.explicit(node, value, SqlType.VARCHAR).sql();
  }

  /// The value of a string literal.
  Optional<String> constant(int index) {
    return expression(index) instanceof StringLiteral s
        ? Optional.of(s.getValue())
        : Optional.empty();
  }

  SqlType.Array array(int index) {
    return type(index) instanceof SqlType.Array a ? a : failed();
  }

  SqlType.Map map(int index) {
    return type(index) instanceof SqlType.Map m ? m : failed();
  }

  private <T> T failed() {
    throw unexpected();
  }

  /// A lambda whose parameters have these types.
  Lambda lambda(int index, List<SqlType> types) {
    if (index >= size()
        || !(expression(index) instanceof LambdaExpression l)
        || l.getArguments().size() != types.size()) {
      throw unexpected();
    }
    List<String> names = new ArrayList<>();
    List<Typed> values = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      names.add(l.getArguments().get(i).getName().getValue().toLowerCase(Locale.ROOT));
      values.add(new Typed("p" + (in.depth() + i) + "_", types.get(i)));
    }
    Typed body = in.with(names, values).of(l.getBody());
    String parameters = values.stream().map(Typed::sql).collect(Collectors.joining(", "));
    return new Lambda("lambda " + parameters + ": " + body.sql(), body.type());
  }

  /// A name for the parameter of a lambda that no enclosing one has.
  String parameter(String letter) {
    return letter + in.depth() + "_";
  }

  /// The body of a lambda of these values.
  Typed applied(int index, List<Typed> values) {
    if (index >= size()
        || !(expression(index) instanceof LambdaExpression l)
        || l.getArguments().size() != values.size()) {
      throw unexpected();
    }
    List<String> names =
        l.getArguments().stream()
            .map(a -> a.getName().getValue().toLowerCase(Locale.ROOT))
            .toList();
    return in.with(names, values).of(l.getBody());
  }

  void sizes(int least, int most) {
    if (size() < least || size() > most) {
      throw unexpected();
    }
  }

  SqlFailure unexpected() {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      types.add(expression(i) instanceof LambdaExpression ? "function" : arg(i).type().toString());
    }
    return SqlFailure.at(
        node,
        "FUNCTION_NOT_FOUND",
        "Unexpected parameters (" + String.join(", ", types) + ") for function " + name());
  }
}
