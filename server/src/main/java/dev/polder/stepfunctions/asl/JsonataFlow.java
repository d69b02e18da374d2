package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Expression;
import org.jspecify.annotations.Nullable;

/// Data flow with JSONata. Each field is null where the definition lacks it.
public record JsonataFlow(
    @Nullable Expression arguments, @Nullable Expression output, Assignment assign)
    implements DataFlow {

  @Override
  public QueryLanguage queryLanguage() {
    return QueryLanguage.JSONATA;
  }

  @Override
  public @Nullable Object input(Data data) {
    return data.input();
  }

  @Override
  public @Nullable Object arguments(Data data) {
    return arguments == null ? data.input() : arguments.evaluate(data);
  }

  @Override
  public Outcome leave(Data data, @Nullable Object result) {
    return outcome(data.withResult(result), result);
  }

  @Override
  public Outcome caught(Data data, @Nullable Object errorOutput) {
    return outcome(data.withError(errorOutput), errorOutput);
  }

  @Override
  public Outcome pass(Data data) {
    return outcome(data, data.input());
  }

  private Outcome outcome(Data seen, @Nullable Object otherwise) {
    var assigned = assign.evaluate(seen);
    return new Outcome(output == null ? otherwise : output.evaluate(seen), assigned);
  }
}
