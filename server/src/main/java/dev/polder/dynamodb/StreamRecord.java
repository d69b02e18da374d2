package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.KeySchema.KeyAttribute;
import dev.polder.dynamodb.item.Type;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A stream on its own: it can be read for a day after its table has let go of it.
///
/// @param tableId of the table that it belongs to
/// @param first the sequence number from which its records begin
/// @param closed when it was switched off; null while it is written to
/// @param last the sequence number before which its records end, once it is closed
record StreamRecord(
    Scope scope,
    String table,
    String tableId,
    KeySchema key,
    String label,
    StreamView view,
    Instant created,
    long first,
    @Nullable Instant closed,
    long last) {

  static StreamRecord begin(Table table, TableStream stream, Instant now, long first) {
    return new StreamRecord(
        table.scope(),
        table.name(),
        table.id(),
        table.key(),
        stream.label(),
        stream.view(),
        now,
        first,
        null,
        0);
  }

  StreamRecord closed(Instant now, long end) {
    return new StreamRecord(scope, table, tableId, key, label, view, created, first, now, end);
  }

  String arn() {
    return scope.arn("dynamodb", "table/" + table + "/stream/" + label).toString();
  }

  /// The name of the stream's one shard.
  String shard() {
    return "shardId-%020d-%s".formatted(created.toEpochMilli(), tableId.substring(0, 8));
  }

  byte[] write() {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("tableId", tableId);
    Map<String, String> keys = new LinkedHashMap<>();
    key.attributes().forEach(attribute -> keys.put(attribute.name(), attribute.type().name()));
    out.put("key", keys);
    out.put("view", view.name());
    out.put("created", created.toString());
    out.put("first", first);
    out.put("closed", closed == null ? null : closed.toString());
    out.put("last", last);
    return JsonObject.bytes(out);
  }

  static StreamRecord read(Scope scope, String table, String label, byte[] stored) {
    JsonObject in = JsonObject.of(stored);
    String closed = in.optionalText("closed");
    return new StreamRecord(
        scope,
        table,
        in.text("tableId"),
        key(in.texts("key")),
        label,
        StreamView.valueOf(in.text("view")),
        Instant.parse(in.text("created")),
        in.number("first"),
        closed == null ? null : Instant.parse(closed),
        in.number("last"));
  }

  private static KeySchema key(Map<String, String> types) {
    var attributes =
        types.entrySet().stream()
            .map(each -> new KeyAttribute(each.getKey(), Type.valueOf(each.getValue())))
            .toList();
    return new KeySchema(
        Objects.requireNonNull(attributes.getFirst()),
        attributes.size() == 1 ? null : attributes.getLast());
  }
}
