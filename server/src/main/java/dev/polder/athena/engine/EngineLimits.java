package dev.polder.athena.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What one statement may use.
///
/// @param memoryMegabytes of DuckDB's buffers; what does not fit goes to temporary files
/// @param threads at least 1
public record EngineLimits(long memoryMegabytes, int threads) {

  /// For this machine, with some statements at a time: half of its memory shared by them, at most 4
  /// GiB for each, and all its cores.
  public static EngineLimits of(int concurrent) {
    long machine = machineMegabytes();
    long share = machine / 2 / Math.max(1, concurrent);
    return new EngineLimits(
        Math.max(256, Math.min(4096, share)), Runtime.getRuntime().availableProcessors());
  }

  private static long machineMegabytes() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof OperatingSystemMXBean os ? os.getTotalMemorySize() >> 20 : 2048;
  }
}
