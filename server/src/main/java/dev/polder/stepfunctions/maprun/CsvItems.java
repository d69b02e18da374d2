package dev.polder.stepfunctions.maprun;

import dev.polder.stepfunctions.asl.ItemReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV file as objects. Quotes may enclose a field and are doubled within; rows that
/// are too short are filled with empty texts, what is too much is left out (recorded).
final class CsvItems {
  private final PushbackReader text;
  private final char delimiter;

  CsvItems(Reader text, char delimiter) {
    this.text = new PushbackReader(text);
    this.delimiter = delimiter;
  }

  /// Gives the rows. False if the sink wants no more.
  boolean items(ItemReader.Config config, String uri, Item.Sink sink)
      throws ReadFailure, IOException {
    List<String> headers = config.csvHeaders();
    if (config.csvHeaderLocation() == ItemReader.HeaderLocation.FIRST_ROW) {
      headers = row();
      if (headers == null) {
        return true;
      }
    }
    if (new HashSet<>(headers).size() < headers.size()) {
      throw new ReadFailure("CSV headers cannot contain duplicates.");
    }
    return items(headers, uri, sink);
  }

  /// Gives the rows of a file that has no row of headers.
  boolean items(List<String> headers, String uri, Item.Sink sink) throws ReadFailure, IOException {
    for (List<String> row = row(); row != null; row = row()) {
      if (!sink.take(new Item(item(headers, row), null, uri))) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, @Nullable Object> item(List<String> headers, List<String> row) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    for (int i = 0; i < headers.size(); i++) {
      item.put(headers.get(i), i < row.size() ? row.get(i) : "");
    }
    return item;
  }

  /// The next row that is not empty, or null at the end.
  private @Nullable List<String> row() throws IOException {
    List<String> row = new ArrayList<>();
    var field = new StringBuilder();
    for (int c = text.read(); c >= 0; c = text.read()) {
      if (c == '"' && field.isEmpty()) {
        quoted(field);
      } else if (c == delimiter) {
        row.add(field.toString());
        field.setLength(0);
      } else if (c != '\n') {
        if (c != '\r') {
          field.append((char) c);
        }
      } else if (!row.isEmpty() || !field.isEmpty()) {
        row.add(field.toString());
        return row;
      }
    }
    if (row.isEmpty() && field.isEmpty()) {
      return null;
    }
    row.add(field.toString());
    return row;
  }

  private void quoted(StringBuilder field) throws IOException {
    for (int c = text.read(); c >= 0; c = text.read()) {
      if (c != '"') {
        field.append((char) c);
        continue;
      }
      int next = text.read();
      if (next != '"') {
        if (next >= 0) {
          text.unread(next);
        }
        return;
      }
      field.append('"');
    }
  }
}
