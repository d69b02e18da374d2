package dev.polder.examples.traffic.lander;

import dev.polder.examples.traffic.feed.FeedWriter;
import dev.polder.examples.traffic.simulator.Delivery;
import dev.polder.examples.traffic.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Lands everything that a simulator publishes. The hours are worked on side by side, each from
/// first to last document by one thread; memory is that of one document and one object for each
/// thread.
public final class Landing {
  private final Simulator simulator;
  private final ObjectSink lake;
  private final Tally tally;
  private final Path scratch;
  private final Route route;
  private final AtomicLong xmlBytes = new AtomicLong();
  private final AtomicLong documents = new AtomicLong();

  /// @param scratch a directory for files in the making
  public Landing(Simulator simulator, ObjectSink lake, Tally tally, Path scratch, Route route) {
    this.simulator = simulator;
    this.lake = lake;
    this.tally = tally;
    this.scratch = scratch;
    this.route = route;
  }

  /// How many documents there are.
  public long totalDocuments() {
    return simulator.endOfDocuments() - simulator.firstDocument();
  }

  /// How many documents have been landed so far.
  public long documents() {
    return documents.get();
  }

  /// How many bytes of XML have been read so far.
  public long xmlBytes() {
    return xmlBytes.get();
  }

  /// Lands everything.
  ///
  /// @param threads how many hours are worked on at once
  /// @throws IOException if anything could not be stored; what was stored stays
  public void run(int threads) throws IOException, InterruptedException {
    AtomicLong nextHour = new AtomicLong(Math.floorDiv(simulator.firstDocument(), 60L));
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(workers.submit(() -> work(nextHour)));
      }
      for (Future<?> worker : running) {
        worker.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException cause) {
        throw cause.getCause();
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private void work(AtomicLong nextHour) {
    FeedWriter writer = new FeedWriter();
    try (Lander lander = new Lander(lake, "traffic", tally, scratch)) {
      for (long hour = nextHour.getAndIncrement();
          hour * 60 < simulator.endOfDocuments() && !Thread.currentThread().isInterrupted();
          hour = nextHour.getAndIncrement()) {
        long first = Math.max(hour * 60, simulator.firstDocument());
        long end = Math.min(hour * 60 + 60, simulator.endOfDocuments());
        for (long document = first; document < end; document++) {
          land(document, writer, lander);
        }
      }
    } catch (IOException e) {
      nextHour.set(Long.MAX_VALUE / 120);
      throw new UncheckedIOException(e);
    }
  }

  private void land(long document, FeedWriter writer, Lander lander) throws IOException {
    long arrival = simulator.published(document);
    switch (route) {
      case XML -> {
        simulator.document(document, writer);
        lander.document(writer.end(), arrival);
        xmlBytes.addAndGet(writer.length());
      }
      case EVENTS -> {
        List<Delivery> spoiled = new ArrayList<>();
        simulator.document(document, delivery -> landOrKeep(delivery, arrival, lander, spoiled));
        writer.start(arrival);
        spoiled.forEach(delivery -> writer.point(delivery.event(), delivery.damage()));
        lander.document(writer.end(), arrival);
      }
    }
    documents.incrementAndGet();
  }

  private static void landOrKeep(
      Delivery delivery, long arrival, Lander lander, List<Delivery> spoiled) {
    if (delivery.damage() != null) {
      spoiled.add(delivery);
      return;
    }
    try {
      lander.event(delivery.event(), arrival);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
