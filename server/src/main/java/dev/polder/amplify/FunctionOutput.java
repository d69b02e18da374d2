package dev.polder.amplify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// Shows what functions print, as it comes, each line behind its function's name. What Lambda adds
/// to their logs is left out.
public final class FunctionOutput {
  /// Bytes of one function that are shown at a time; of more, the last.
  static final int MOST = 64 << 10;

  // A function that prints all the time would take much of the machine otherwise.
  private static final long PAUSE_NANOS = 50_000_000;

  private static final String SUFFIX = ".log";
  private static final Pattern FRAME = Pattern.compile("(START|END|REPORT) RequestId: .*");

  private final Path folder;
  private final PrintStream out;
  private final Map<Path, Long> shown = new HashMap<>();

  /// @param folder with a log for each function; what is in them by now is not shown
  public FunctionOutput(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
    try {
      Files.createDirectories(folder);
      for (Path log : ProjectFiles.entries(folder)) {
        shown.put(log, Files.size(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Goes on until interrupted.
  public void follow() {
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      folder.register(watch, ENTRY_CREATE, ENTRY_MODIFY);
      while (true) {
        WatchKey key = watch.take();
        LockSupport.parkNanos(PAUSE_NANOS);
        key.pollEvents();
        key.reset();
        show();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Shows what has come since the last time.
  void show() throws IOException {
    for (Path log : ProjectFiles.entries(folder)) {
      if (ProjectFiles.name(log).endsWith(SUFFIX)) {
        show(log);
      }
    }
    out.flush();
  }

  private void show(Path log) throws IOException {
    String name = ProjectFiles.name(log);
    String function = name.substring(0, name.length() - SUFFIX.length());
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      long size = file.size();
      long from = shown.getOrDefault(log, 0L);
      if (from > size) {
        from = 0; // a full log makes place for a new one
      }
      if (size - from > MOST) {
        out.println(function + " | … (" + (size - from - MOST) + " bytes more in " + log + ")");
        from = size - MOST;
      }
      var bytes = ByteBuffer.allocate((int) (size - from));
      file.position(from);
      while (bytes.hasRemaining() && file.read(bytes) >= 0) {
        // until everything is read that was there
      }
      String text = new String(bytes.array(), 0, end(bytes), UTF_8);
      text.lines()
          .filter(line -> !FRAME.matcher(line).matches())
          .forEach(line -> out.println(function + " | " + line));
      shown.put(log, from + end(bytes));
    }
  }

  /// Behind the last line that is complete.
  private static int end(ByteBuffer bytes) {
    int end = bytes.position();
    while (end > 0 && bytes.get(end - 1) != '\n') {
      end--;
    }
    return end == 0 && bytes.position() == MOST ? MOST : end;
  }
}
