package dev.polder.store;

import java.util.Arrays;

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
  private static final int LONGEST_LENGTH = 5;

  private byte[] buffer = new byte[1024];
  private int length = HEADER;
  private int records;

  private WriteBatchEncoding() {}

  static byte[] of(Iterable<Batch.Line> lines) {
    var encoding = new WriteBatchEncoding();
    for (Batch.Line line : lines) {
      encoding.add(line);
    }
    return encoding.finish();
  }

  private void add(Batch.Line line) {
    switch (line) {
      case Batch.Put put -> record(PUT, put.key().encoded(), put.value());
      case Batch.Delete delete -> record(DELETE, delete.key().encoded());
      case Batch.DeleteRange range -> {
        Key to = range.range().to();
        record(DELETE_RANGE, range.range().from().encoded(), to == null ? END : to.encoded());
      }
      case Batch.Require _ -> {}
    }
  }

  private void record(byte kind, byte[]... strings) {
    records++;
    room(1);
    buffer[length++] = kind;
    for (byte[] string : strings) {
      room(LONGEST_LENGTH + string.length);
      int rest = string.length;
      while (rest >= 0x80) {
        buffer[length++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      buffer[length++] = (byte) rest;
      System.arraycopy(string, 0, buffer, length, string.length);
      length += string.length;
    }
  }

  private void room(int more) {
    int needed = Math.addExact(length, more);
    if (needed > buffer.length) {
      buffer =
          Arrays.copyOf(
              buffer, Math.max(needed, (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8)));
    }
  }

  private byte[] finish() {
    for (int i = 0; i < Integer.BYTES; i++) {
      buffer[COUNT + i] = (byte) (records >>> (Byte.SIZE * i));
    }
    return Arrays.copyOf(buffer, length);
  }
}
