package dev.polder.glue.crawler;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts separated values into rows. A value may stand in quotes, in which a doubled quote stands
/// for one and delimiters and line breaks are ordinary. Empty lines are passed over.
final class CsvRows {
  private final String text;
  private final char delimiter;
  private final char quote;
  private int at;

  CsvRows(String text, char delimiter, char quote) {
    this.text = text;
    this.delimiter = delimiter;
    this.quote = quote;
  }

  /// The rows of a text.
  ///
  /// @param whole false where the text may end within a row; that row is left out
  static List<List<String>> read(String text, char delimiter, char quote, boolean whole) {
    var rows = new CsvRows(text, delimiter, quote);
    List<List<String>> all = new ArrayList<>();
    while (all.size() <= Classifier.RECORDS) {
      List<String> row = rows.next(whole);
      if (row == null) {
        break;
      }
      if (row.size() > 1 || !row.getFirst().isBlank()) {
        all.add(row);
      }
    }
    return all;
  }

  private @Nullable List<String> next(boolean whole) {
    if (at >= text.length()) {
      return null;
    }
    List<String> row = new ArrayList<>();
    while (true) {
      row.add(value());
      char c = at < text.length() ? text.charAt(at) : '\0';
      at++;
      if (c == delimiter) {
        continue;
      }
      if (at > text.length()) {
        return whole ? row : null;
      }
      return row;
    }
  }

  /// Reads a value up to the delimiter, the line break or the end, which is not taken.
  private String value() {
    var value = new StringBuilder();
    boolean open = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote && quote != '\0' && (open || value.toString().isBlank())) {
        boolean doubled = open && at + 1 < text.length() && text.charAt(at + 1) == quote;
        if (doubled) {
          value.append(quote);
          at++;
        } else {
          open = !open;
        }
      } else if (!open && (c == delimiter || c == '\n')) {
        break;
      } else {
        value.append(c);
      }
    }
    int end = value.length();
    if (end > 0 && value.charAt(end - 1) == '\r') {
      value.setLength(end - 1);
    }
    return value.toString();
  }
}
