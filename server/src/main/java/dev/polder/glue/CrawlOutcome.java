package dev.polder.glue;

import dev.polder.kernel.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CrawlerHistoryState;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;

/// How a crawl ended. The real service has a different word for it in each place.
///
/// @param error what went wrong, for people; null unless it failed
/// @param summary what was changed, as the history holds it
record CrawlOutcome(End end, @Nullable String error, String summary, Map<String, String> changes) {
  private static final int ERROR = 2048;

  /// The ways in which a crawl ends.
  enum End {
    SUCCEEDED(LastCrawlStatus.SUCCEEDED, CrawlerHistoryState.COMPLETED, "Succeeded"),
    FAILED(LastCrawlStatus.FAILED, CrawlerHistoryState.FAILED, "Failed"),
    STOPPED(LastCrawlStatus.CANCELLED, CrawlerHistoryState.STOPPED, "Stopped");

    final LastCrawlStatus lastCrawl;
    final CrawlerHistoryState history;
    final String event;

    End(LastCrawlStatus lastCrawl, CrawlerHistoryState history, String event) {
      this.lastCrawl = lastCrawl;
      this.history = history;
      this.event = event;
    }
  }

  static CrawlOutcome of(End end, @Nullable String error, CrawlLog log) {
    String shown = error == null || error.length() <= ERROR ? error : error.substring(0, ERROR);
    return new CrawlOutcome(end, shown, summary(log), changes(log));
  }

  private static String summary(CrawlLog log) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("TABLE", counts(log.tablesCreated, log.tablesUpdated, log.tablesDeleted));
    summary.put(
        "PARTITION", counts(log.partitionsCreated, log.partitionsUpdated, log.partitionsDeleted));
    List<String> warnings = log.warnings();
    if (!warnings.isEmpty()) {
      summary.put("WARNING", warnings);
    }
    return Json.write(summary);
  }

  private static Map<String, Object> counts(long added, long updated, long deleted) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("ADD", added);
    counts.put("UPDATE", updated);
    counts.put("DELETE", deleted);
    return counts;
  }

  /// The members of the event that tell what was changed; all are texts.
  private static Map<String, String> changes(CrawlLog log) {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("tablesCreated", Long.toString(log.tablesCreated));
    changes.put("tablesUpdated", Long.toString(log.tablesUpdated));
    changes.put("tablesDeleted", Long.toString(log.tablesDeleted));
    changes.put("partitionsCreated", Long.toString(log.partitionsCreated));
    changes.put("partitionsUpdated", Long.toString(log.partitionsUpdated));
    changes.put("partitionsDeleted", Long.toString(log.partitionsDeleted));
    List<String> warnings = log.warnings();
    changes.put("warningMessage", warnings.isEmpty() ? "N/A" : String.join("\n", warnings));
    return changes;
  }

  /// How many tables an earlier crawl created, updated and deleted.
  static long tables(@Nullable String summary, String what) {
    if (summary != null
        && Json.parseObject(summary).get("TABLE") instanceof Map<?, ?> counts
        && counts.get(what) instanceof Number count) {
      return count.longValue();
    }
    return 0;
  }
}
