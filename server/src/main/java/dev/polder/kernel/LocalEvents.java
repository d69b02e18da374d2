package dev.polder.kernel;

import static java.lang.System.Logger.Level.ERROR;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// [Events] within this process.
public final class LocalEvents implements Events {
  private static final System.Logger LOG = System.getLogger(LocalEvents.class.getName());

  private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();

  @Override
  public void publish(Event event) {
    for (Consumer<Event> subscriber : subscribers) {
      try {
        subscriber.accept(event);
      } catch (RuntimeException e) {
        LOG.log(ERROR, "A subscriber failed on " + event.detailType() + " " + event.id(), e);
      }
    }
  }

  @Override
  public Subscription subscribe(Consumer<Event> subscriber) {
    // A wrapper gives each subscription its own identity, so that closing ends this one alone.
    Consumer<Event> own = subscriber::accept;
    subscribers.add(own);
    return () -> subscribers.removeIf(each -> each == own);
  }
}
