package dev.polder.graphql;

import dev.polder.appsync.run.FieldException;
import dev.polder.appsync.run.Trace;
import dev.polder.kernel.trace.TraceHeader;
import dev.polder.kernel.trace.Tracer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Records the requests of GraphQL APIs with their resolvers and calls.
public final class ApiTrace implements Trace {
  private static final String ORIGIN = "AWS::AppSync::GraphQLAPI";
  private static final String HEADER = TraceHeader.NAME.toLowerCase(Locale.ROOT);

  private final Tracer tracer;
  private final UnaryOperator<String> names;

  /// @param names of APIs by their ids
  public ApiTrace(Tracer tracer, UnaryOperator<String> names) {
    this.tracer = tracer;
    this.names = names;
  }

  @Override
  public Span open(
      Trace.@Nullable Span parent, Kind kind, String name, Map<String, String> attributes) {
    return switch (kind) {
      case REQUEST -> new Recorded(request(name, attributes));
      case RESOLVER, CALL ->
          parent instanceof Recorded above ? above.child(name, attributes) : Span.NONE;
    };
  }

  private dev.polder.kernel.trace.Span request(String apiId, Map<String, String> attributes) {
    Map<String, String> noted = new LinkedHashMap<>(attributes);
    TraceHeader from = TraceHeader.parse(noted.remove(HEADER)).orElse(null);
    noted.put("origin", ORIGIN);
    noted.put("aws.api_id", apiId);
    return tracer.begin(from, dev.polder.kernel.trace.Span.Kind.SEGMENT, names.apply(apiId), noted);
  }

  private record Recorded(dev.polder.kernel.trace.Span span) implements Span {

    Recorded child(String name, Map<String, String> attributes) {
      // What is called `DynamoDB.Query` here is the operation Query of DynamoDB there.
      String service =
          attributes.containsKey("aws.operation") ? name.substring(0, name.indexOf('.')) : name;
      return new Recorded(
          span.child(dev.polder.kernel.trace.Span.Kind.SUBSEGMENT, service, attributes));
    }

    @Override
    public void set(String name, String value) {
      span.set(name, value);
    }

    @Override
    public void failed(Throwable cause) {
      boolean caller =
          cause instanceof FieldException
              || cause instanceof AwsServiceException refused && refused.statusCode() < 500;
      span.failed(cause.getClass().getSimpleName(), String.valueOf(cause.getMessage()), caller);
    }

    @Override
    public <T> T within(Supplier<T> work) {
      return span.within(work);
    }

    @Override
    public void close() {
      span.close();
    }
  }
}
