import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Linux counts of a process: resident memory in MiB, and seconds of its threads on a core.
final class Usage {
  private Usage() {}

  /// Begins a new peak.
  static void reset(long pid) throws IOException {
    Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
  }

  static long peak(long pid) throws IOException {
    return field(pid, "VmHWM:");
  }

  static long resident(long pid) throws IOException {
    return field(pid, "VmRSS:");
  }

  /// User and system time so far.
  static double cpuSeconds(long pid) {
    return ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  private static long field(long pid, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("No " + name + " of process " + pid);
  }
}
