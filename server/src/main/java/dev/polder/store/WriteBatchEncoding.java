package dev.polder.store;

import java.util.List;

/// Lines of batches in the form of RocksDB's write batch, which is also that of its log: eight
/// bytes for the sequence number, which the database fills in; the number of records in four, the
/// lowest first; then each record, a byte that says what it is and its strings, each after its
/// length.
///
/// Written here and handed over whole, because a call into the library for each line costs more
/// than the line.
final class WriteBatchEncoding {
  private static final int HEADER = 12;
  private static final int COUNT = 8;
  private static final byte DELETE = 0x0;
  private static final byte PUT = 0x1;
  private static final byte DELETE_RANGE = 0xF;
  // Greater than every key, none of which begins with this byte.
  private static final byte[] END = {(byte) 0xFF};

  private final byte[] buffer;
  private int length = HEADER;
  private int records;

  private WriteBatchEncoding(byte[] buffer) {
    this.buffer = buffer;
  }

  /// @throws ArithmeticException beyond 2 GB
  static byte[] of(List<Batch.Line> lines) {
    int length = HEADER;
    for (Batch.Line line : lines) {
      length = Math.addExact(length, length(line));
    }
    var encoding = new WriteBatchEncoding(new byte[length]);
    for (Batch.Line line : lines) {
      encoding.add(line);
    }
    return encoding.finish();
  }

  private static int length(Batch.Line line) {
    return switch (line) {
      case Batch.Put put -> 1 + length(put.key().encoded()) + length(put.value());
      case Batch.Delete delete -> 1 + length(delete.key().encoded());
      case Batch.DeleteRange range ->
          1 + length(range.range().from().encoded()) + length(end(range));
      case Batch.Require _ -> 0;
    };
  }

  private static int length(byte[] string) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(string.length | 1);
    return Math.addExact(string.length, (bits + 6) / 7);
  }

  private static byte[] end(Batch.DeleteRange range) {
    Key to = range.range().to();
    return to == null ? END : to.encoded();
  }

  private void add(Batch.Line line) {
    switch (line) {
      case Batch.Put put -> {
        record(PUT);
        string(put.key().encoded());
        string(put.value());
      }
      case Batch.Delete delete -> {
        record(DELETE);
        string(delete.key().encoded());
      }
      case Batch.DeleteRange range -> {
        record(DELETE_RANGE);
        string(range.range().from().encoded());
        string(end(range));
      }
      case Batch.Require _ -> {}
    }
  }

  private void record(byte kind) {
    records++;
    buffer[length++] = kind;
  }

  private void string(byte[] string) {
    int rest = string.length;
    while (rest >= 0x80) {
      buffer[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
    System.arraycopy(string, 0, buffer, length, string.length);
    length += string.length;
  }

  private byte[] finish() {
    for (int i = 0; i < Integer.BYTES; i++) {
      buffer[COUNT + i] = (byte) (records >>> (Byte.SIZE * i));
    }
    return buffer;
  }
}
