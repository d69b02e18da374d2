package dev.polder.lambda.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The memory of a process, as Linux tells it; nothing is known elsewhere.
final class ProcessMemory {
  // Of every machine that Polder runs on but a few of ARM, whose processes look smaller than they
  // are.
  private static final long PAGE = 4096;

  private final Path statm;
  private long most;

  ProcessMemory(long pid) {
    this.statm = Path.of("/proc/" + pid + "/statm");
  }

  /// Bytes that are the process's own now, without the files that it has mapped; 0 if nobody knows.
  synchronized long now() {
    try {
      String[] pages = Files.readString(statm, US_ASCII).split(" ");
      long own = (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * PAGE;
      most = Math.max(most, own);
      return own;
    } catch (IOException _) {
      return 0;
    }
  }

  /// The most that was ever seen, in bytes.
  synchronized long most() {
    return most;
  }
}
