package dev.polder.athena;

import dev.polder.athena.engine.SqlEngine;
import dev.polder.athena.engine.SqlEngine.Cancelled;
import org.jspecify.annotations.Nullable;

/// A query that runs in this process: what can be stopped.
final class RunningQuery {
  private SqlEngine.@Nullable Session session;
  private boolean stopped;

  /// Opens an engine's session that [#stop()] reaches.
  synchronized SqlEngine.Session open(SqlEngine engine) {
    if (stopped) {
      throw new Cancelled();
    }
    SqlEngine.Session opened = engine.open();
    session = opened;
    return opened;
  }

  synchronized void check() {
    if (stopped) {
      throw new Cancelled();
    }
  }

  /// Ends the work of the query as soon as the engine heeds it.
  void stop() {
    SqlEngine.Session open;
    synchronized (this) {
      stopped = true;
      open = session;
    }
    if (open != null) {
      open.cancel();
    }
  }
}
