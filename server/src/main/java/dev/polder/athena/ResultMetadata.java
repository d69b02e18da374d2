package dev.polder.athena;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The `.metadata` object beside a result: Protocol Buffers with the query's id (field 1) and the
/// columns (field 4). Drivers that read results from S3 take the columns from it.
final class ResultMetadata {
  private static final int UNKNOWN_NULLABLE = 3;

  private ResultMetadata() {}

  static byte[] of(String id, List<ResultColumn> columns) {
    var out = new ByteArrayOutputStream();
    text(out, 1, id);
    for (ResultColumn c : columns) {
      var column = new ByteArrayOutputStream();
      text(column, 1, "hive");
      text(column, 4, c.name());
      text(column, 5, c.name());
      text(column, 6, c.type());
      number(column, 7, c.precision());
      number(column, 8, c.scale());
      number(column, 9, UNKNOWN_NULLABLE);
      number(column, 10, c.isCaseSensitive() ? 1 : 0);
      bytes(out, 4, column.toByteArray());
    }
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, int field, String value) {
    bytes(out, field, value.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    out.write(field << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void number(ByteArrayOutputStream out, int field, long value) {
    out.write(field << 3);
    varint(out, value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
