package dev.polder.examples.traffic.lander;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// The account of what was landed: every event read was either landed or refused. Shared by all
/// landers of a run.
public final class Tally {
  private final LongAdder read = new LongAdder();
  private final LongAdder landed = new LongAdder();
  private final LongAdder objects = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final ConcurrentMap<String, LongAdder> refused = new ConcurrentHashMap<>();

  /// Events that came in, among them documents that could not be read on.
  public long read() {
    return read.sum();
  }

  /// Events that are in the lake: counted once their object is stored.
  public long landed() {
    return landed.sum();
  }

  /// Events that are under `errors/`: counted once their object is stored.
  public long refused() {
    return refused.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /// The refused events by the code of the reason.
  public Map<String, Long> refusedByCode() {
    Map<String, Long> counts = new TreeMap<>();
    refused.forEach((code, count) -> counts.put(code, count.sum()));
    return counts;
  }

  /// Objects stored.
  public long objects() {
    return objects.sum();
  }

  /// Their size.
  public long bytes() {
    return bytes.sum();
  }

  void countRead() {
    read.increment();
  }

  void countLanded(long events) {
    landed.add(events);
  }

  void countRefused(Map<String, Long> byCode) {
    byCode.forEach(
        (code, count) -> refused.computeIfAbsent(code, any -> new LongAdder()).add(count));
  }

  void countObject(long size) {
    objects.increment();
    bytes.add(size);
  }
}
