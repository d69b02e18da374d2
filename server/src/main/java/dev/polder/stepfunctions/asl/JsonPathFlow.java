package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Expression;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Data flow with paths and payload templates. Each field is null where the definition lacks it.
public record JsonPathFlow(
    @Nullable Expression inputPath,
    @Nullable Expression parameters,
    @Nullable Expression resultSelector,
    ResultPath resultPath,
    @Nullable Expression outputPath,
    Assignment assign)
    implements DataFlow {

  @Override
  public QueryLanguage queryLanguage() {
    return QueryLanguage.JSONPATH;
  }

  @Override
  public @Nullable Object input(Data data) {
    return inputPath == null ? data.input() : inputPath.evaluate(data);
  }

  @Override
  public @Nullable Object arguments(Data data) {
    Object entered = input(data);
    return parameters == null ? entered : parameters.evaluate(data.withInput(entered));
  }

  @Override
  public Outcome leave(Data data, @Nullable Object result) {
    Map<String, @Nullable Object> assigned = assign.evaluate(data.withInput(result));
    Object selected = selected(data, result);
    return new Outcome(output(data, resultPath.place(data.input(), selected)), assigned);
  }

  @Override
  public Outcome caught(Data data, @Nullable Object errorOutput) {
    Map<String, @Nullable Object> assigned = assign.evaluate(data.withInput(errorOutput));
    return new Outcome(resultPath.place(data.input(), errorOutput), assigned);
  }

  @Override
  public Outcome pass(Data data) {
    Object entered = input(data);
    Map<String, @Nullable Object> assigned = assign.evaluate(data.withInput(entered));
    return new Outcome(output(data, entered), assigned);
  }

  /// The result after `ResultSelector`.
  public @Nullable Object selected(Data data, @Nullable Object result) {
    return resultSelector == null ? result : resultSelector.evaluate(data.withInput(result));
  }

  /// The output after `OutputPath`, given what `ResultPath` has put together.
  public @Nullable Object output(Data data, @Nullable Object combined) {
    return outputPath == null ? combined : outputPath.evaluate(data.withInput(combined));
  }
}
