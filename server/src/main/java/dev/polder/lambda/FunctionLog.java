package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.polder.lambda.runtime.InvocationLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/// The log of one invocation: part of its function's file, and its own tail.
///
/// A file that has grown beyond [#LIMIT] becomes `<name>.log.1`, in place of the one before.
final class FunctionLog implements InvocationLog {
  private static final System.Logger LOG = System.getLogger(FunctionLog.class.getName());

  /// Bytes of a function's log file.
  static final long LIMIT = 10 << 20;

  /// Bytes that an invocation with `LogType` `Tail` answers.
  private static final int TAIL = 4096;

  private static final int FLUSH = 8192;

  private final Path file;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private byte[] tail = {};

  FunctionLog(Path file) {
    this.file = file;
  }

  void line(String text) {
    byte[] bytes = (text + "\n").getBytes(UTF_8);
    write(bytes, 0, bytes.length);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) {
    waiting.write(from, offset, length);
    if (waiting.size() > FLUSH) {
      flush();
    }
  }

  /// Writes what is held back to the file.
  synchronized void flush() {
    byte[] bytes = waiting.toByteArray();
    waiting.reset();
    keepTail(bytes);
    try {
      append(file, bytes);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Cannot write the log " + file, e);
    }
  }

  private void keepTail(byte[] bytes) {
    byte[] all = Arrays.copyOf(tail, tail.length + bytes.length);
    System.arraycopy(bytes, 0, all, tail.length, bytes.length);
    int from = Math.max(0, all.length - TAIL);
    tail = Arrays.copyOfRange(all, from, all.length);
  }

  /// The last 4 KB, after a [#flush()].
  synchronized byte[] tail() {
    return tail.clone();
  }

  /// Appends whole chunks: those of several invocations at once do not mix.
  private static synchronized void append(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file) && Files.size(file) > LIMIT) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    try (OutputStream out = Files.newOutputStream(file, CREATE, APPEND)) {
      out.write(bytes);
    }
  }
}
