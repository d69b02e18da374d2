package dev.polder.stepfunctions.asl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads `Retry` and `Catch`.
final class ErrorHandlingParser {
  private static final Set<String> RETRY =
      Set.of(
          "ErrorEquals",
          "IntervalSeconds",
          "MaxAttempts",
          "BackoffRate",
          "MaxDelaySeconds",
          "JitterStrategy",
          "Comment");
  private static final Set<String> CATCH_PATHS =
      Set.of("ErrorEquals", "Next", "ResultPath", "Assign", "Comment");
  private static final Set<String> CATCH_JSONATA =
      Set.of("ErrorEquals", "Next", "Output", "Assign", "Comment");
  private static final long MOST_ATTEMPTS = 99_999_999;
  private static final long LONGEST_DELAY = 31_622_400;

  private final Scope scope;
  private final FlowParser flows;

  ErrorHandlingParser(Scope scope, FlowParser flows) {
    this.scope = scope;
    this.flows = flows;
  }

  List<Retrier> retriers(Fields state) {
    List<Retrier> retriers = new ArrayList<>();
    List<Fields> written = state.objects("Retry");
    for (int i = 0; i < written.size(); i++) {
      retriers.add(retrier(written.get(i), i == written.size() - 1));
    }
    return retriers;
  }

  private Retrier retrier(Fields retry, boolean last) {
    retry.refuseOthers(RETRY);
    Long interval = retry.whole("IntervalSeconds", 1, MOST_ATTEMPTS);
    Long attempts = retry.whole("MaxAttempts", 0, MOST_ATTEMPTS);
    Number rate = retry.number("BackoffRate");
    if (rate != null && rate.doubleValue() < 1) {
      scope.findings().schema("Minimum value is 1.0", retry.at("BackoffRate"));
    }
    Long longest = retry.whole("MaxDelaySeconds", 1, LONGEST_DELAY - 1);
    if (longest != null && longest <= (interval == null ? 1 : interval)) {
      scope
          .findings()
          .schema("MaxDelaySeconds must be greater than IntervalSeconds", retry.location());
    }
    String jitter = retry.word("JitterStrategy", Set.of("FULL", "NONE"));
    return new Retrier(
        errors(retry, last),
        interval == null ? 1 : interval,
        attempts == null ? 3 : Math.clamp(attempts, 0, (int) MOST_ATTEMPTS),
        rate == null ? 2.0 : rate.doubleValue(),
        longest,
        "FULL".equals(jitter) ? Retrier.Jitter.FULL : Retrier.Jitter.NONE);
  }

  List<Catcher> catchers(Fields state) {
    List<Catcher> catchers = new ArrayList<>();
    List<Fields> written = state.objects("Catch");
    for (int i = 0; i < written.size(); i++) {
      Fields each = written.get(i);
      refuse(each);
      each.require("Next");
      String next = each.text("Next");
      catchers.add(
          new Catcher(
              errors(each, i == written.size() - 1),
              flows.part(each, "Catch[" + i + "]"),
              next == null ? "" : next));
    }
    return catchers;
  }

  private void refuse(Fields each) {
    boolean jsonata = scope.isJsonata();
    if (each.has(jsonata ? "ResultPath" : "Output")) {
      scope
          .findings()
          .schema(
              jsonata
                  ? StateType.misplaced("ResultPath", QueryLanguage.JSONATA, QueryLanguage.JSONPATH)
                  : StateType.misplaced("Output", QueryLanguage.JSONPATH, QueryLanguage.JSONATA),
              each.location());
    } else {
      each.refuseOthers(jsonata ? CATCH_JSONATA : CATCH_PATHS);
    }
  }

  /// `States.ALL` stands alone, and in the last place.
  private ErrorEquals errors(Fields fields, boolean last) {
    fields.require("ErrorEquals");
    List<String> names = fields.texts("ErrorEquals");
    if (fields.has("ErrorEquals") && names.isEmpty()) {
      scope.findings().schema("Array must have at least 1 items", fields.at("ErrorEquals"));
    }
    if (names.contains(ErrorEquals.ALL) && (names.size() > 1 || !last)) {
      scope
          .findings()
          .schema(
              "The reserved error name 'States.ALL' must appear alone, and in the last element of"
                  + " the array",
              fields.at("ErrorEquals"));
    }
    return new ErrorEquals(names);
  }
}
