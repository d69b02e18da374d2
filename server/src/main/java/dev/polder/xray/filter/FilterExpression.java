package dev.polder.xray.filter;

import org.jspecify.annotations.Nullable;

/// A filter expression, such as `responsetime > 5 AND service("blog") { fault }`.
public sealed interface FilterExpression {

  /// Both hold; also where nothing stands between two expressions.
  record And(FilterExpression left, FilterExpression right) implements FilterExpression {}

  record Or(FilterExpression left, FilterExpression right) implements FilterExpression {}

  record Not(FilterExpression not) implements FilterExpression {}

  /// Anything that a comparison may be about.
  ///
  /// @param keyword such as `http.url`
  /// @param comparison null where the keyword stands alone, and must be true
  record Is(String keyword, @Nullable Comparison comparison) implements FilterExpression {}

  /// An annotation that some part of the trace has.
  ///
  /// @param comparison null where it stands alone: then it must be there, and not false
  record Annotated(String key, @Nullable Comparison comparison) implements FilterExpression {}

  /// Some service that was reached, for which a filter holds.
  ///
  /// @param filter null for none
  record Service(Identity identity, @Nullable FilterExpression filter)
      implements FilterExpression {}

  /// Some call of one service to another, for which a filter holds.
  ///
  /// @param filter null for none
  record Edge(Identity source, Identity destination, @Nullable FilterExpression filter)
      implements FilterExpression {}

  /// Which services are meant.
  ///
  /// @param name null for any
  /// @param type such as `AWS::Lambda::Function`; null for any
  record Identity(@Nullable String name, @Nullable String type) {
    boolean fits(TraceDocuments.Node node) {
      return (name == null || node.names().contains(name))
          && (type == null || type.equals(node.type()));
    }
  }

  /// @param value a text, a [java.math.BigDecimal] or a truth value
  record Comparison(Operator operator, Object value) {}

  /// How a value is compared.
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    CONTAINS("CONTAINS"),
    BEGINS_WITH("BEGINSWITH"),
    ENDS_WITH("ENDSWITH");

    private final String written;

    Operator(String written) {
      this.written = written;
    }

    String written() {
      return written;
    }
  }

  /// Reads an expression.
  ///
  /// @throws InvalidFilterException if it is none, or has a keyword that is not known here
  static FilterExpression parse(String text) {
    return new FilterParser(text).parse();
  }

  /// Whether a trace is wanted.
  default boolean matches(TraceDocuments trace) {
    return holds(this, trace, trace.whole());
  }

  /// @param node what simple keywords are asked of
  private static boolean holds(
      FilterExpression filter, TraceDocuments trace, TraceDocuments.Node node) {
    return switch (filter) {
      case And(var left, var right) -> holds(left, trace, node) && holds(right, trace, node);
      case Or(var left, var right) -> holds(left, trace, node) || holds(right, trace, node);
      case Not(var not) -> !holds(not, trace, node);
      case Is(var keyword, var comparison) -> Comparisons.any(node.values(keyword), comparison);
      case Annotated(var key, var comparison) ->
          Comparisons.any(trace.annotations(key), comparison);
      case Service(var identity, var inner) ->
          trace.services().stream()
              .filter(identity::fits)
              .anyMatch(each -> inner == null || holds(inner, trace, each));
      case Edge(var source, var destination, var inner) ->
          trace.edges().stream()
              .filter(edge -> source.fits(edge.source()) && destination.fits(edge.destination()))
              .anyMatch(edge -> inner == null || holds(inner, trace, edge.call()));
    };
  }
}
