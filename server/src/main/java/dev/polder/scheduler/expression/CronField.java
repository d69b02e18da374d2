package dev.polder.scheduler.expression;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// A field of a cron expression: numbers or names, lists `a,b`, ranges `a-b`, steps `a/n`, `a-b/n`
/// and `*/n`, and `*` for all. A range whose end is before its beginning goes over the end of the
/// field, as in `FRI-MON`.
enum CronField {
  MINUTES("minutes", 0, 59, List.of()),
  HOURS("hours", 0, 23, List.of()),
  DAYS_OF_MONTH("day-of-month", 1, 31, List.of()),
  MONTHS(
      "month",
      1,
      12,
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  DAYS_OF_WEEK("day-of-week", 1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")),
  YEARS("year", 1970, 2199, List.of());

  private final String label;
  private final int least;
  private final int most;
  private final List<String> names;

  CronField(String label, int least, int most, List<String> names) {
    this.label = label;
    this.least = least;
    this.most = most;
    this.names = names;
  }

  /// The values that a field means.
  BitSet parse(String field) {
    var values = new BitSet();
    for (String part : field.split(",", -1)) {
      add(part, values);
    }
    return values;
  }

  private void add(String part, BitSet values) {
    int slash = part.indexOf('/');
    int step = slash < 0 ? 1 : step(part.substring(slash + 1));
    String range = slash < 0 ? part : part.substring(0, slash);
    int from;
    int to;
    int dash = range.indexOf('-');
    if (range.equals("*")) {
      from = least;
      to = most;
    } else if (dash > 0) {
      from = value(range.substring(0, dash));
      to = value(range.substring(dash + 1));
    } else {
      from = value(range);
      to = slash < 0 ? from : most;
    }
    if (to < from && this == YEARS) {
      throw wrong(part);
    }
    int size = most - least + 1;
    int last = to < from ? to + size : to;
    for (int each = from; each <= last; each += step) {
      values.set(each > most ? each - size : each);
    }
  }

  private int step(String text) {
    int step = number(text);
    if (step < 1 || step > most) {
      throw wrong("/" + text);
    }
    return step;
  }

  /// One number or name.
  int value(String text) {
    int name = names.indexOf(text.toUpperCase(Locale.ROOT));
    int value = name >= 0 ? name + least : number(text);
    if (value < least || value > most) {
      throw wrong(text);
    }
    return value;
  }

  private int number(String text) {
    if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw wrong(text);
    }
    return Integer.parseInt(text);
  }

  private InvalidExpressionException wrong(String text) {
    return new InvalidExpressionException(
        "Expected " + label + " from " + least + " to " + most + " but was " + text);
  }
}
