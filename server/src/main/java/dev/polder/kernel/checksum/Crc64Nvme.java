package dev.polder.kernel.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The 64-bit CRC of the NVM Express specification, bit-reflected, eight bytes at a step.
final class Crc64Nvme implements java.util.zip.Checksum {
  private static final long[][] TABLES = tables();

  private long state = -1;

  private static long[][] tables() {
    var tables = new long[8][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ Polynomial.CRC64NVME.reflected();
      }
      tables[0][i] = crc;
    }
    for (int i = 0; i < 256; i++) {
      for (int t = 1; t < 8; t++) {
        long before = tables[t - 1][i];
        tables[t][i] = (before >>> 8) ^ tables[0][(int) before & 0xFF];
      }
    }
    return tables;
  }

  @Override
  public void update(int b) {
    state = (state >>> 8) ^ TABLES[0][(int) (state ^ b) & 0xFF];
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    long crc = state;
    for (; end - at >= 8; at += 8) {
      long next = crc ^ (long) LITTLE_ENDIAN.get(bytes, at);
      crc = 0;
      for (int t = 7; t >= 0; t--) {
        crc ^= TABLES[t][(int) next & 0xFF];
        next >>>= 8;
      }
    }
    state = crc;
    for (; at < end; at++) {
      update(bytes[at]);
    }
  }

  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = -1;
  }
}
