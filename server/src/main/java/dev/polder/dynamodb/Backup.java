package dev.polder.dynamodb;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table as it was at one moment, which stays when the table goes.
///
/// @param id the milliseconds since 1970 at which it was made, and eight hexadecimal digits
/// @param table what the table was
/// @param items how many it held
/// @param bytes how large they were
record Backup(
    String id, String name, Kind kind, Instant created, Table table, long items, long bytes) {
  /// How long a backup is kept that the service itself made.
  private static final Duration KEPT = Duration.ofDays(35);

  /// Who made a backup, by the names on the wire.
  enum Kind {
    USER,
    /// The service itself, as a table with point-in-time recovery went.
    SYSTEM
  }

  /// One that somebody asked for.
  ///
  /// @param tie tells backups of the same millisecond apart
  static Backup asked(String name, Instant now, String tie, Table table, long items, long bytes) {
    return new Backup(id(now, tie), name, Kind.USER, now, table, items, bytes);
  }

  /// That of a table with point-in-time recovery that is deleted.
  static Backup last(Instant now, Table table, Statistics statistics) {
    return new Backup(
        id(now, "00000000"),
        table.name() + "$DeletedTableBackup",
        Kind.SYSTEM,
        now,
        table,
        statistics.items().items(),
        statistics.items().bytes());
  }

  private static String id(Instant now, String tie) {
    return String.format(Locale.ROOT, "%014d-%s", now.toEpochMilli(), tie);
  }

  String arn() {
    return table.arn() + "/backup/" + id;
  }

  Key key() {
    return Keys.backups(table.scope()).with(table.name(), id);
  }

  /// Above the items. Those of a deleted table are where they always were.
  Key data() {
    return switch (kind) {
      case USER -> Keys.backedUp(table.scope(), table.name(), id);
      case SYSTEM -> Layout.items(table.scope(), table.id());
    };
  }

  /// When it is removed; null where it is kept until somebody deletes it.
  @Nullable Instant expires() {
    return switch (kind) {
      case USER -> null;
      case SYSTEM -> created.plus(KEPT);
    };
  }

  boolean isExpired(Instant now) {
    Instant end = expires();
    return end != null && !end.isAfter(now);
  }

  byte[] write() {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", id);
    out.put("name", name);
    out.put("kind", kind.name());
    out.put("created", created.toString());
    out.put("table", TableRecords.members(table));
    out.put("items", items);
    out.put("bytes", bytes);
    return JsonObject.bytes(out);
  }

  static Backup read(Scope scope, byte[] stored) {
    JsonObject in = JsonObject.of(stored);
    return new Backup(
        in.text("id"),
        in.text("name"),
        Kind.valueOf(in.text("kind")),
        in.instant("created"),
        TableRecords.read(scope, in.object("table")),
        in.number("items"),
        in.number("bytes"));
  }
}
