package dev.polder.athena.sql;

import dev.polder.athena.sql.ExpressionTranslator.Place;
import dev.polder.athena.sql.SqlType.Simple;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FrameBound;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Window;
import io.trino.sql.tree.WindowFrame;
import io.trino.sql.tree.WindowReference;
import io.trino.sql.tree.WindowSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Functions over windows.
final class Windows {
  private static final Set<String> ONLY =
      Set.of(
          "row_number",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value");

  private final ExpressionTranslator in;

  Windows(ExpressionTranslator in) {
    this.in = in;
  }

  /// True for functions that have no meaning without a window.
  static boolean only(String name) {
    return ONLY.contains(name);
  }

  Typed call(FunctionCall f) {
    String over = " OVER (" + window(f, f.getWindow().orElseThrow()) + ")";
    ExpressionTranslator inside = in.in(Place.GROUP);
    String name = Trees.name(f);
    if (Aggregates.has(name)) {
      return new Aggregates(inside, over).call(f);
    }
    if (!only(name)) {
      throw SqlFailure.at(f, "FUNCTION_NOT_FOUND", "Function '" + name + "' not registered");
    }
    if (f.isDistinct() || f.getFilter().isPresent()) {
      throw SqlFailure.at(
          f,
          "NOT_SUPPORTED",
          "DISTINCT and FILTER in window function parameters not supported: " + name);
    }
    String nulls =
        f.getNullTreatment().filter(t -> t == FunctionCall.NullTreatment.IGNORE).isPresent()
            ? " IGNORE NULLS"
            : "";
    return valued(new Call(inside, f), name, nulls, over);
  }

  private Typed valued(Call c, String name, String nulls, String over) {
    return switch (name) {
      case "row_number", "rank", "dense_rank" -> Typed.bigint(name + "()" + over);
      case "percent_rank", "cume_dist" -> new Typed(name + "()" + over, Simple.DOUBLE);
      case "ntile" -> Typed.bigint("ntile(" + c.whole(0) + ")" + over);
      case "lag", "lead" -> neighbour(c, name, nulls, over);
      case "first_value", "last_value" -> {
        c.sizes(1, 1);
        yield new Typed(name + "(" + c.arg(0).sql() + nulls + ")" + over, c.type(0));
      }
      default ->
          new Typed(
              "nth_value(" + c.arg(0).sql() + ", " + c.whole(1) + nulls + ")" + over, c.type(0));
    };
  }

  private static Typed neighbour(Call c, String name, String nulls, String over) {
    c.sizes(1, 3);
    if (c.size() < 3) {
      String offset = c.size() > 1 ? ", " + c.whole(1) : "";
      return new Typed(name + "(" + c.arg(0).sql() + offset + nulls + ")" + over, c.type(0));
    }
    List<Typed> same =
        ExpressionTranslator.unified(
            c.node(), List.of(c.arg(0), c.arg(2)), "Default value must have the type of the value");
    return new Typed(
        name
            + "("
            + same.get(0).sql()
            + ", "
            + c.whole(1)
            + ", "
            + same.get(1).sql()
            + nulls
            + ")"
            + over,
        same.get(0).type());
  }

  private String window(Node at, Window window) {
    return switch (window) {
      case WindowReference r -> {
        String name = r.getName().getValue().toLowerCase(Locale.ROOT);
        WindowSpecification named = in.windows().get(name);
        if (named == null) {
          throw SqlFailure.at(at, "INVALID_WINDOW_REFERENCE", "Cannot resolve WINDOW name " + name);
        }
        yield window(at, named);
      }
      case WindowSpecification s -> specification(at, s);
      default -> throw SqlFailure.unsupported(at, "This window");
    };
  }

  private String specification(Node at, WindowSpecification s) {
    List<String> parts = new ArrayList<>();
    s.getExistingWindowName()
        .ifPresent(
            n -> parts.add(window(at, new WindowReference(n.getLocation().orElseThrow(), n))));
    ExpressionTranslator inside = in.in(Place.GROUP);
    if (!s.getPartitionBy().isEmpty()) {
      parts.add(
          s.getPartitionBy().stream()
              .map(e -> inside.of(e).sql())
              .collect(Collectors.joining(", ", "PARTITION BY ", "")));
    }
    s.getOrderBy().ifPresent(o -> parts.add(Aggregates.order(inside, o)));
    s.getFrame().ifPresent(f -> parts.add(frame(f, s, inside)));
    return String.join(" ", parts);
  }

  private String frame(WindowFrame f, WindowSpecification s, ExpressionTranslator inside) {
    if (f.getPattern().isPresent() || !f.getMeasures().isEmpty()) {
      throw SqlFailure.unsupported(f, "Row pattern recognition");
    }
    check(f);
    boolean range = f.getType() == WindowFrame.Type.RANGE;
    String start = bound(f.getStart(), range, s, inside);
    String end = f.getEnd().map(e -> bound(e, range, s, inside)).orElse("CURRENT ROW");
    return f.getType() + " BETWEEN " + start + " AND " + end;
  }

  private static void check(WindowFrame f) {
    FrameBound.Type start = f.getStart().getType();
    FrameBound.Type end = f.getEnd().map(FrameBound::getType).orElse(FrameBound.Type.CURRENT_ROW);
    boolean bad =
        start == FrameBound.Type.UNBOUNDED_FOLLOWING
            || end == FrameBound.Type.UNBOUNDED_PRECEDING
            || start == FrameBound.Type.CURRENT_ROW && end == FrameBound.Type.PRECEDING
            || start == FrameBound.Type.FOLLOWING
                && (end == FrameBound.Type.PRECEDING || end == FrameBound.Type.CURRENT_ROW);
    if (bad) {
      throw SqlFailure.at(
          f,
          "INVALID_WINDOW_FRAME",
          "Window frame starting from " + start + " cannot end with " + end);
    }
  }

  private String bound(
      FrameBound b, boolean range, WindowSpecification s, ExpressionTranslator inside) {
    return switch (b.getType()) {
      case UNBOUNDED_PRECEDING -> "UNBOUNDED PRECEDING";
      case UNBOUNDED_FOLLOWING -> "UNBOUNDED FOLLOWING";
      case CURRENT_ROW -> "CURRENT ROW";
      case PRECEDING -> amount(b.getValue().orElseThrow(), range, s, inside) + " PRECEDING";
      case FOLLOWING -> amount(b.getValue().orElseThrow(), range, s, inside) + " FOLLOWING";
    };
  }

  private String amount(
      Expression e, boolean range, WindowSpecification s, ExpressionTranslator inside) {
    Typed value = inside.of(e);
    if (!range) {
      if (!value.type().isInteger()
          && !(value.type() instanceof SqlType.Decimal d && d.scale() == 0)) {
        throw SqlFailure.mismatch(
            e,
            "Window frame "
                + "ROWS value type must be exact numeric type with scale 0 (actual "
                + value.type()
                + ")");
      }
      return value.sql();
    }
    if (s.getOrderBy().isEmpty() || s.getOrderBy().get().getSortItems().size() != 1) {
      throw SqlFailure.at(
          e,
          "INVALID_ORDER_BY",
          "Window frame of type RANGE PRECEDING or FOLLOWING requires single sort item in ORDER BY");
    }
    return switch (value.type()) {
      case Simple.INTERVAL_DAY -> "to_milliseconds(" + value.sql() + ")";
      case Simple.INTERVAL_YEAR -> "to_months(" + value.sql() + ")";
      default -> value.sql();
    };
  }
}
