package dev.polder.stepfunctions.maprun;

import dev.polder.stepfunctions.asl.ItemReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV file as objects. Quotes may enclose a field and are doubled within; rows that
/// are too short are filled with empty texts, what is too much is left out (recorded).
final class CsvItems {
  private CsvItems() {}

  static List<Object> read(String text, ItemReader.Config config) throws ReadFailure {
    List<List<String>> rows = rows(text, config.csvDelimiter().symbol());
    List<String> headers = config.csvHeaders();
    int from = 0;
    if (config.csvHeaderLocation() == ItemReader.HeaderLocation.FIRST_ROW) {
      if (rows.isEmpty()) {
        return List.of();
      }
      headers = rows.getFirst();
      from = 1;
    }
    if (new HashSet<>(headers).size() < headers.size()) {
      throw new ReadFailure("CSV headers cannot contain duplicates.");
    }
    List<Object> items = new ArrayList<>(rows.size());
    for (List<String> row : rows.subList(from, rows.size())) {
      items.add(item(headers, row));
    }
    return items;
  }

  private static Map<String, @Nullable Object> item(List<String> headers, List<String> row) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    for (int i = 0; i < headers.size(); i++) {
      item.put(headers.get(i), i < row.size() ? row.get(i) : "");
    }
    return item;
  }

  private static List<List<String>> rows(String text, char delimiter) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == delimiter) {
        row.add(field.toString());
        field.setLength(0);
      } else if (c == '\n') {
        ended(rows, row, field);
        row = new ArrayList<>();
      } else if (c != '\r') {
        field.append(c);
      }
    }
    ended(rows, row, field);
    return rows;
  }

  // A line with nothing on it is no row.
  private static void ended(List<List<String>> rows, List<String> row, StringBuilder field) {
    if (!row.isEmpty() || !field.isEmpty()) {
      row.add(field.toString());
      rows.add(row);
    }
    field.setLength(0);
  }
}
