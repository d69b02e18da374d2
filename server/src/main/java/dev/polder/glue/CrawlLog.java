package dev.polder.glue;

import java.util.ArrayList;
import java.util.List;

/// What a crawl has to tell: what it changed, and what it warns of. May be used by several threads.
final class CrawlLog {
  private static final int WARNINGS = 50;

  private final List<String> warnings = new ArrayList<>();
  private long more;
  long tablesCreated;
  long tablesUpdated;
  long tablesDeleted;
  long partitionsCreated;
  long partitionsUpdated;
  long partitionsDeleted;

  synchronized void warn(String warning) {
    if (warnings.size() < WARNINGS) {
      warnings.add(warning);
    } else {
      more++;
    }
  }

  /// The warnings in the order of their texts, which does not depend on that of threads.
  synchronized List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    all.sort(null);
    if (more > 0) {
      all.add("and " + more + " more warnings");
    }
    return all;
  }
}
