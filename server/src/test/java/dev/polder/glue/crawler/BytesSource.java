package dev.polder.glue.crawler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// A file in memory.
record BytesSource(byte[] bytes) implements Source {
  static BytesSource of(String text) {
    return new BytesSource(text.getBytes(UTF_8));
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public String compression() {
    return "none";
  }

  @Override
  public Head head(int most) {
    return new Head(Arrays.copyOf(bytes, Math.min(most, bytes.length)), bytes.length <= most);
  }

  @Override
  public byte[] tail(int most) {
    return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - most), bytes.length);
  }
}
