package dev.polder.glue;

import dev.polder.kernel.Event;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `Glue Crawler State Change` events, with the members of
/// https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html
///
/// The real service says nothing of a crawl that was stopped. Here it is said, as state `Stopped`,
/// so that who waits for a crawl's end need not poll.
record CrawlEvents(Platform platform, Scope scope) {

  void started(String crawler, Instant when) {
    Map<String, Object> detail = common(crawler, "Started");
    detail.put("startTime", when.toString());
    publish(when, detail);
  }

  void ended(String crawler, CrawlOutcome outcome, Instant begun, Instant ended) {
    Map<String, Object> detail = common(crawler, outcome.end().event);
    detail.put(
        "cloudWatchLogLink",
        "https://console.aws.amazon.com/cloudwatch/home?region="
            + scope.region()
            + "#logEventViewer:group=/aws-glue/crawlers;stream="
            + crawler);
    switch (outcome.end()) {
      case SUCCEEDED -> {
        detail.putAll(outcome.changes());
        detail.put("runningTime (sec)", Long.toString(Duration.between(begun, ended).toSeconds()));
        detail.put("completionDate", ended.toString());
      }
      case FAILED -> detail.put("errorMessage", String.valueOf(outcome.error()));
      case STOPPED -> {}
    }
    publish(ended, detail);
  }

  private Map<String, Object> common(String crawler, String state) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("crawlerName", crawler);
    detail.put("state", state);
    detail.put("message", "Crawler " + state);
    detail.put("accountId", scope.account());
    return detail;
  }

  private void publish(Instant when, Map<String, Object> detail) {
    platform
        .events()
        .publish(
            new Event(
                platform.ids().uuid(),
                scope,
                when,
                "aws.glue",
                "Glue Crawler State Change",
                List.of(),
                detail));
  }
}
