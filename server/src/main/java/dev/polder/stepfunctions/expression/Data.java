package dev.polder.stepfunctions.expression;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All that an expression can see. Nothing in it is changed by evaluation.
public final class Data {
  private final @Nullable Object input;
  private final Context context;
  private final Map<String, @Nullable Object> variables;
  private final Environment environment;
  private final Kind kind;
  private final @Nullable Object extra;

  private enum Kind {
    INPUT,
    RESULT,
    ERROR
  }

  /// The context object, made when first asked for.
  private static final class Context {
    private final Supplier<? extends Map<String, @Nullable Object>> source;
    private @Nullable Map<String, @Nullable Object> made;

    Context(Supplier<? extends Map<String, @Nullable Object>> source) {
      this.source = source;
    }

    Map<String, @Nullable Object> value() {
      Map<String, @Nullable Object> known = made;
      if (known == null) {
        known = source.get();
        made = known;
      }
      return known;
    }
  }

  private Data(
      @Nullable Object input,
      Context context,
      Map<String, @Nullable Object> variables,
      Environment environment,
      Kind kind,
      @Nullable Object extra) {
    this.input = input;
    this.context = context;
    this.variables = variables;
    this.environment = environment;
    this.kind = kind;
    this.extra = extra;
  }

  /// Data of a state that has just been entered.
  ///
  /// @param variables those of this scope and of the scopes around it
  public static Data of(
      @Nullable Object input,
      ContextObject context,
      Map<String, @Nullable Object> variables,
      Environment environment) {
    return new Data(input, new Context(context::json), variables, environment, Kind.INPUT, null);
  }

  /// Data with a context object that is only JSON, which may lack anything.
  public static Data of(
      @Nullable Object input,
      Map<String, @Nullable Object> context,
      Map<String, @Nullable Object> variables,
      Environment environment) {
    return new Data(input, new Context(() -> context), variables, environment, Kind.INPUT, null);
  }

  /// The same with another input.
  public Data withInput(@Nullable Object other) {
    return new Data(other, context, variables, environment, kind, extra);
  }

  /// The same with the state's result, which `$states.result` then is.
  public Data withResult(@Nullable Object result) {
    return new Data(input, context, variables, environment, Kind.RESULT, result);
  }

  /// The same with an error output, which `$states.errorOutput` then is.
  public Data withError(@Nullable Object errorOutput) {
    return new Data(input, context, variables, environment, Kind.ERROR, errorOutput);
  }

  /// The same with another context object.
  public Data withContext(ContextObject other) {
    return new Data(input, new Context(other::json), variables, environment, kind, extra);
  }

  /// `$` in JSONPath, `$states.input` in JSONata.
  public @Nullable Object input() {
    return input;
  }

  /// `$$` in JSONPath, `$states.context` in JSONata.
  public Map<String, @Nullable Object> context() {
    return context.value();
  }

  /// Variables by name.
  public Map<String, @Nullable Object> variables() {
    return variables;
  }

  /// Time and chance.
  public Environment environment() {
    return environment;
  }

  boolean hasResult() {
    return kind == Kind.RESULT;
  }

  boolean hasError() {
    return kind == Kind.ERROR;
  }

  /// The result or the error output.
  @Nullable Object extra() {
    return extra;
  }
}
