package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.TimestampTz;
import dev.polder.athena.sql.SqlType.Varchar;
import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.ArithmeticUnaryExpression;
import io.trino.sql.tree.Array;
import io.trino.sql.tree.AtTimeZone;
import io.trino.sql.tree.BetweenPredicate;
import io.trino.sql.tree.Cast;
import io.trino.sql.tree.CoalesceExpression;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.CurrentDate;
import io.trino.sql.tree.CurrentTimestamp;
import io.trino.sql.tree.CurrentUser;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Extract;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.GroupingOperation;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IfExpression;
import io.trino.sql.tree.InPredicate;
import io.trino.sql.tree.IsNotNullPredicate;
import io.trino.sql.tree.IsNullPredicate;
import io.trino.sql.tree.LikePredicate;
import io.trino.sql.tree.Literal;
import io.trino.sql.tree.LocalTimestamp;
import io.trino.sql.tree.LogicalExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NotExpression;
import io.trino.sql.tree.NullIfExpression;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.QuantifiedComparisonExpression;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SearchedCaseExpression;
import io.trino.sql.tree.SimpleCaseExpression;
import io.trino.sql.tree.SubqueryExpression;
import io.trino.sql.tree.SubscriptExpression;
import io.trino.sql.tree.Trim;
import io.trino.sql.tree.TryExpression;
import io.trino.sql.tree.WindowSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Expressions of one place of a statement, translated with their types.
final class ExpressionTranslator {
  /// Where an expression stands, which decides what it may contain.
  enum Place {
    /// One value a row: `WHERE`, `ON`, arguments of an aggregate.
    ROW,
    /// `SELECT` and `ORDER BY`, where windows may be computed.
    SELECT,
    /// `HAVING`: aggregates, but no windows.
    GROUP
  }

  private final QueryTranslator queries;
  private final Scope scope;
  private final @Nullable Grouping grouping;
  private final Place place;
  private final Map<String, Typed> variables;
  private final Map<String, WindowSpecification> windows;
  private final int depth;

  ExpressionTranslator(QueryTranslator queries, Scope scope, Place place) {
    this(queries, scope, null, place, Map.of(), Map.of(), 0);
  }

  private ExpressionTranslator(
      QueryTranslator queries,
      Scope scope,
      @Nullable Grouping grouping,
      Place place,
      Map<String, Typed> variables,
      Map<String, WindowSpecification> windows,
      int depth) {
    this.queries = queries;
    this.scope = scope;
    this.grouping = grouping;
    this.place = place;
    this.variables = variables;
    this.windows = windows;
    this.depth = depth;
  }

  ExpressionTranslator grouped(Grouping newGrouping) {
    return new ExpressionTranslator(queries, scope, newGrouping, place, variables, windows, depth);
  }

  ExpressionTranslator in(Place newPlace) {
    return new ExpressionTranslator(queries, scope, grouping, newPlace, variables, windows, depth);
  }

  ExpressionTranslator windows(Map<String, WindowSpecification> named) {
    return new ExpressionTranslator(queries, scope, grouping, place, variables, named, depth);
  }

  /// The same place before grouping: what arguments of aggregates are translated with.
  ExpressionTranslator ungrouped() {
    return new ExpressionTranslator(queries, scope, null, Place.ROW, variables, windows, depth);
  }

  /// The body of a lambda: names mean these values.
  ExpressionTranslator with(List<String> names, List<Typed> values) {
    return with(names, values, depth + names.size());
  }

  /// `ORDER BY`: names mean the result's columns first.
  ExpressionTranslator shadowed(List<String> names, List<Typed> values) {
    return with(names, values, depth);
  }

  private ExpressionTranslator with(List<String> names, List<Typed> values, int newDepth) {
    Map<String, Typed> more = new HashMap<>(variables);
    for (int i = 0; i < names.size(); i++) {
      more.put(names.get(i), values.get(i));
    }
    return new ExpressionTranslator(queries, scope, grouping, place, more, windows, newDepth);
  }

  /// How many parameters of lambdas enclose this place; makes names for more.
  int depth() {
    return depth;
  }

  Place place() {
    return place;
  }

  boolean isGrouped() {
    return grouping != null;
  }

  Subqueries subqueries() {
    return new Subqueries(queries, scope);
  }

  Map<String, WindowSpecification> windows() {
    return windows;
  }

  Typed coerced(Expression e, SqlType type) {
    Typed value = of(e);
    if (!Coercions.can(value.type(), type)) {
      throw SqlFailure.mismatch(e, "Cannot coerce " + value.type() + " to " + type);
    }
    return Casts.coerce(e, value, type);
  }

  String condition(Expression e, String what) {
    Typed value = of(e);
    if (value.type() != Simple.BOOLEAN && !value.isNull()) {
      throw SqlFailure.mismatch(
          e, what + " must evaluate to a boolean: actual type " + value.type());
    }
    return Casts.coerce(e, value, Simple.BOOLEAN).sql();
  }

  Typed of(Expression e) {
    if (grouping != null && !(e instanceof Literal) && !Trees.hasSubquery(e)) {
      Optional<Typed> key = key(e, grouping);
      if (key.isPresent()) {
        return key.get();
      }
    }
    return switch (e) {
      case Literal l -> Literals.of(l);
      case Identifier i -> identifier(i);
      case DereferenceExpression d -> dereference(d);
      case ArithmeticBinaryExpression a ->
          Operators.arithmetic(a, a.getOperator(), of(a.getLeft()), of(a.getRight()));
      case ArithmeticUnaryExpression u -> {
        Typed value = of(u.getValue());
        yield u.getSign() == ArithmeticUnaryExpression.Sign.MINUS
            ? Operators.negated(u, value)
            : value;
      }
      case ComparisonExpression c ->
          Operators.compare(c, c.getOperator(), of(c.getLeft()), of(c.getRight()));
      case LogicalExpression l -> logical(l);
      case NotExpression n ->
          Typed.bool("(NOT " + condition(n.getValue(), "Value of logical NOT expression") + ")");
      case IsNullPredicate n -> Typed.bool("(" + of(n.getValue()).sql() + " IS NULL)");
      case IsNotNullPredicate n -> Typed.bool("(" + of(n.getValue()).sql() + " IS NOT NULL)");
      case BetweenPredicate b -> new Predicates(this).between(b);
      case InPredicate i -> new Predicates(this).in(i);
      case LikePredicate l -> new Predicates(this).like(l);
      case Cast c -> new Conversions(this).cast(c);
      case TryExpression t -> tried(of(t.getInnerExpression()));
      case CoalesceExpression c -> {
        List<Typed> values =
            common(c, c.getOperands(), "All COALESCE operands must be the same type");
        yield new Typed("coalesce(" + list(values) + ")", values.getFirst().type());
      }
      case NullIfExpression n -> new Conditionals(this).nullIf(n);
      case IfExpression i -> new Conditionals(this).conditional(i);
      case SearchedCaseExpression s -> new Conditionals(this).searched(s);
      case SimpleCaseExpression s -> new Conditionals(this).simple(s);
      case Array a -> new Structures(this).array(a);
      case Row r -> new Structures(this).row(r);
      case SubscriptExpression s -> new Structures(this).subscript(s);
      case Extract x -> DateTimeFunctions.extract(x, of(x.getExpression()));
      case Trim t -> trim(t);
      case AtTimeZone z -> new Moments(this).atTimeZone(z);
      case CurrentDate _ -> new Moments(this).today();
      case CurrentTimestamp c ->
          new Moments(this).now(c, c.getPrecision(), p -> new TimestampTz(p, SqlType.UTC));
      case LocalTimestamp l -> new Moments(this).now(l, l.getPrecision(), Timestamp::new);
      case CurrentUser _ -> new Typed("'hadoop'", SqlType.VARCHAR, true);
      case SubqueryExpression s -> subqueries().scalar(s.getQuery());
      case ExistsPredicate x -> subqueries().exists(x);
      case QuantifiedComparisonExpression q -> new Predicates(this).quantified(q);
      case Parameter p -> parameter(p);
      case GroupingOperation g -> grouping(g);
      case FunctionCall f -> new FunctionTranslator(this).call(f);
      default -> throw SqlFailure.unsupported(e, e.getClass().getSimpleName());
    };
  }

  /// The moment of the statement.
  Typed now() {
    return new Typed(Literals.instant(session().now()), new TimestampTz(6, SqlType.UTC));
  }

  Session session() {
    return queries.build().session();
  }

  static Typed tried(Typed value) {
    return value.constant() ? value : new Typed("TRY(" + value.sql() + ")", value.type());
  }

  private Optional<Typed> key(Expression e, Grouping by) {
    if (FunctionTranslator.hasAggregate(e)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(by.keys().get(ungrouped().of(e).sql()));
    } catch (SqlFailure notOfTheRows) {
      return Optional.empty();
    }
  }

  private Typed identifier(Identifier i) {
    String name = i.getValue().toLowerCase(Locale.ROOT);
    Typed variable = variables.get(name);
    if (variable != null) {
      return variable;
    }
    return scope
        .find(i, List.of(name))
        .map(f -> value(f, i, name))
        .orElseThrow(() -> unresolved(i, name));
  }

  private Typed value(Field f, Expression at, String name) {
    if (grouping != null && scope.fields().contains(f)) {
      throw SqlFailure.at(
          at,
          "EXPRESSION_NOT_AGGREGATE",
          "'" + name + "' must be an aggregate expression or appear in GROUP BY clause");
    }
    return f.value();
  }

  static SqlFailure unresolved(Expression at, String name) {
    return SqlFailure.at(
        at,
        "COLUMN_NOT_FOUND",
        "Column '"
            + name
            + "' cannot be resolved or requester is not authorized to access requested resources");
  }

  private Typed dereference(DereferenceExpression d) {
    List<String> parts = Trees.path(d);
    boolean variable = !parts.isEmpty() && variables.containsKey(parts.getFirst());
    if (!parts.isEmpty() && !variable) {
      Optional<Field> field = scope.find(d, parts);
      if (field.isPresent()) {
        return value(field.get(), d, String.join(".", parts));
      }
    }
    Identifier name = d.getField().orElseThrow(() -> SqlFailure.unsupported(d, "A label"));
    Typed base;
    try {
      base = of(d.getBase());
    } catch (SqlFailure e) {
      throw parts.isEmpty() || !e.code().equals("COLUMN_NOT_FOUND")
          ? e
          : unresolved(d, String.join(".", parts));
    }
    return Rows.member(d, base, name.getValue());
  }

  private Typed logical(LogicalExpression l) {
    String sign = l.getOperator() == LogicalExpression.Operator.AND ? " AND " : " OR ";
    List<String> terms = new ArrayList<>();
    for (Expression term : l.getTerms()) {
      terms.add(condition(term, "Logical expression term"));
    }
    return Typed.bool("(" + String.join(sign, terms) + ")");
  }

  private Typed trim(Trim t) {
    Typed source = of(t.getTrimSource());
    if (!source.type().isText() && !source.isNull()) {
      throw SqlFailure.mismatch(
          t, "source of trim must be of char or varchar type, actual " + source.type());
    }
    String name =
        switch (t.getSpecification()) {
          case BOTH -> "trim";
          case LEADING -> "ltrim";
          case TRAILING -> "rtrim";
        };
    Typed text =
        Casts.explicit(t, source, source.type() instanceof Varchar v ? v : SqlType.VARCHAR);
    String what =
        t.getTrimCharacter()
            .map(c -> ", " + coerced(c, SqlType.VARCHAR).sql())
            .orElse(", " + StringFunctions.BLANKS);
    return new Typed(name + "(" + text.sql() + what + ")", text.type());
  }

  private Typed parameter(Parameter p) {
    List<Expression> given = session().parameters();
    if (p.getId() >= given.size()) {
      throw SqlFailure.at(
          p,
          "INVALID_PARAMETER_USAGE",
          "Incorrect number of parameters: expected "
              + (p.getId() + 1)
              + " but found "
              + given.size());
    }
    return of(given.get(p.getId()));
  }

  private Typed grouping(GroupingOperation g) {
    if (grouping == null) {
      throw SqlFailure.at(
          g,
          "MISSING_GROUP_BY",
          "A GROUPING() operation can only be used with a corresponding GROUPING SET/CUBE/ROLLUP/GROUP BY clause");
    }
    List<String> columns = new ArrayList<>();
    for (Expression e : g.getGroupingColumns()) {
      columns.add(
          key(e, grouping)
              .orElseThrow(() ->
                  SqlFailure.at(
                      g,
                      "INVALID_COLUMN_REFERENCE",
                      "The arguments to GROUPING() must be expressions referenced by the GROUP BY at the same level"))
              .sql());
    }
    SqlType type = columns.size() < 32 ? Simple.INTEGER : Simple.BIGINT;
    return new Typed(Sql.cast("grouping(" + String.join(", ", columns) + ")", type), type);
  }

  /// The values as the narrowest type that all have in common.
  List<Typed> common(Expression at, List<Expression> expressions, String message) {
    List<Typed> values = new ArrayList<>();
    for (Expression e : expressions) {
      values.add(of(e));
    }
    return unified(at, values, message);
  }

  static List<Typed> unified(Node at, List<Typed> values, String message) {
    SqlType type = Simple.UNKNOWN;
    for (Typed value : values) {
      SqlType before = type;
      type =
          Coercions.common(type, value.type())
              .orElseThrow(
                  () -> SqlFailure.mismatch(at, message + ": " + before + " vs " + value.type()));
    }
    List<Typed> same = new ArrayList<>();
    for (Typed value : values) {
      same.add(type == Simple.UNKNOWN ? value : Casts.coerce(at, value, type));
    }
    return same;
  }

  static String list(List<Typed> values) {
    Map<Integer, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      texts.put(i, values.get(i).sql());
    }
    return String.join(", ", texts.values());
  }
}
