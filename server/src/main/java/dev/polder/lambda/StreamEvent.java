package dev.polder.lambda;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/// Records of DynamoDB streams as functions get them.
/// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
final class StreamEvent {
  private StreamEvent() {}

  /// One element of `Records`.
  ///
  /// @param source the stream's ARN
  static Map<String, @Nullable Object> of(Record record, String source) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("eventID", record.eventID());
    event.put("eventName", record.eventNameAsString());
    event.put("eventVersion", record.eventVersion());
    event.put("eventSource", record.eventSource());
    event.put("awsRegion", record.awsRegion());
    event.put("dynamodb", change(record.dynamodb()));
    if (record.userIdentity() != null) {
      Map<String, @Nullable Object> identity = new LinkedHashMap<>();
      identity.put("type", record.userIdentity().type());
      identity.put("principalId", record.userIdentity().principalId());
      event.put("userIdentity", identity);
    }
    event.put("eventSourceARN", source);
    return event;
  }

  private static Map<String, @Nullable Object> change(StreamRecord change) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (change.approximateCreationDateTime() != null) {
      json.put(
          "ApproximateCreationDateTime", change.approximateCreationDateTime().getEpochSecond());
    }
    if (change.hasKeys()) {
      json.put("Keys", item(change.keys()));
    }
    if (change.hasNewImage()) {
      json.put("NewImage", item(change.newImage()));
    }
    if (change.hasOldImage()) {
      json.put("OldImage", item(change.oldImage()));
    }
    json.put("SequenceNumber", change.sequenceNumber());
    json.put("SizeBytes", change.sizeBytes());
    json.put("StreamViewType", change.streamViewTypeAsString());
    return json;
  }

  private static Map<String, @Nullable Object> item(Map<String, AttributeValue> attributes) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    attributes.forEach((name, value) -> item.put(name, value(value)));
    return item;
  }

  private static Map<String, Object> value(AttributeValue value) {
    return switch (value.type()) {
      case S -> Map.of("S", value.s());
      case N -> Map.of("N", value.n());
      case B -> Map.of("B", base64(value.b()));
      case SS -> Map.of("SS", value.ss());
      case NS -> Map.of("NS", value.ns());
      case BS -> Map.of("BS", value.bs().stream().map(StreamEvent::base64).toList());
      case M -> Map.of("M", item(value.m()));
      case L -> {
        List<Object> list = new ArrayList<>();
        value.l().forEach(each -> list.add(value(each)));
        yield Map.of("L", list);
      }
      case BOOL -> Map.of("BOOL", value.bool());
      case NUL -> Map.of("NULL", true);
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException(value.toString());
    };
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }
}
