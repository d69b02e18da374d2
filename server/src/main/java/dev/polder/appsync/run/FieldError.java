package dev.polder.appsync.run;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.ResultPath;
import graphql.language.SourceLocation;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The error of one field, on its way through the engine.
final class FieldError implements GraphQLError {
  private static final long serialVersionUID = 1L;

  private final transient FieldException failure;
  private final transient ResultPath path;
  private final SourceLocation location;

  FieldError(FieldException failure, ResultPath path, SourceLocation location) {
    this.failure = failure;
    this.path = path;
    this.location = location;
  }

  /// Makes such errors of whatever resolvers throw.
  static DataFetcherExceptionHandler handler() {
    return FieldError::handle;
  }

  private static CompletableFuture<DataFetcherExceptionHandlerResult> handle(
      DataFetcherExceptionHandlerParameters thrown) {
    var field = thrown.getDataFetchingEnvironment().getFieldDefinition().getName();
    FieldException failure =
        Failures.of(thrown.getException())
            .of(
                field,
                GraphQLTypeUtil.simplePrint(thrown.getDataFetchingEnvironment().getParentType()));
    var error = new FieldError(failure, thrown.getPath(), thrown.getSourceLocation());
    return CompletableFuture.completedFuture(
        DataFetcherExceptionHandlerResult.newResult(error).build());
  }

  FieldException failure() {
    return failure;
  }

  @Override
  public String getMessage() {
    return failure.message();
  }

  @Override
  public List<SourceLocation> getLocations() {
    return List.of(location);
  }

  @Override
  public List<Object> getPath() {
    return path.toList();
  }

  @Override
  public ErrorClassification getErrorType() {
    return graphql.ErrorType.DataFetchingException;
  }
}
