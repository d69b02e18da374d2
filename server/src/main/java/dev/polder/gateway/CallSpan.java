package dev.polder.gateway;

import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.codec.JsonTree;
import dev.polder.gateway.http.Headers;
import dev.polder.kernel.trace.Span;
import dev.polder.kernel.trace.TraceHeader;
import dev.polder.kernel.trace.Tracer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/// The span of a request that its sender traces.
final class CallSpan {
  // What X-Ray's own instrumentation of the SDK notes about calls.
  private static final Map<String, String> NOTED =
      Map.of(
          "TableName", "aws.table_name",
          "IndexName", "aws.index_name",
          "FunctionName", "aws.function_name",
          "Bucket", "aws.bucket_name",
          "Key", "aws.key",
          "StateMachineArn", "aws.state_machine_arn");

  private CallSpan() {}

  /// What the request says about its trace.
  static Optional<TraceHeader> header(Headers headers) {
    return TraceHeader.parse(headers.first(TraceHeader.NAME))
        .or(() -> TraceHeader.parseW3c(headers.first(TraceHeader.W3C_NAME)));
  }

  static Span begin(Tracer tracer, TraceHeader header, Operation operation, SdkPojo request) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("namespace", "aws");
    attributes.put("aws.operation", operation.name());
    var members = JsonTree.view(request);
    NOTED.forEach((member, name) -> {
      if (members.get(member) instanceof String value) {
        attributes.put(name, value);
      }
    });
    if (members.get("RequestItems") instanceof Map<?, ?> tables && tables.size() == 1) {
      attributes.put("aws.table_name", String.valueOf(tables.keySet().iterator().next()));
    }
    return tracer.begin(header, Span.Kind.SUBSEGMENT, operation.service().sdkName(), attributes);
  }
}
