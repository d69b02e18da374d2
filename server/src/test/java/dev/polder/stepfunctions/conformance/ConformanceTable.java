package dev.polder.stepfunctions.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The committed table of what passes.
final class ConformanceTable {
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (\\d) \\|.*");

  private ConformanceTable() {}

  /// Counts a case: all, and those that reach each of the four levels.
  static void count(Map<String, int[]> areas, String file, Verdict verdict) {
    String area = file.substring(0, file.lastIndexOf('/'));
    for (String name : new String[] {area, "all"}) {
      int[] counts = areas.computeIfAbsent(name, _ -> new int[5]);
      counts[0]++;
      for (int level = 1; level <= verdict.level(); level++) {
        counts[level]++;
      }
    }
  }

  /// @param reasons why a case is missed, by its file's name
  static String written(Map<String, Verdict> verdicts, Map<String, String> reasons) {
    Map<String, int[]> areas = new LinkedHashMap<>();
    areas.put("all", new int[5]);
    verdicts.forEach((file, verdict) -> count(areas, file, verdict));
    StringBuilder out =
        new StringBuilder(
            """
            # Step Functions: recorded cases

            Cases recorded from the real service, run against Polder by `RecordedCasesTest`, which
            also writes this page (`-Dgolden=update`) and fails when a case falls below its level.
            Levels: 1 status and output or error; 2 the types of events in their order; 3 details,
            ids and previous ids; 4 cause texts. What a case does not have counts as reached.

            | area | cases | L1 | L2 | L3 | L4 |
            |---|---|---|---|---|---|
            """);
    areas.forEach((area, c) ->
        out.append(
            "| %s | %d | %d | %d | %d | %d |%n".formatted(area, c[0], c[1], c[2], c[3], c[4])));
    out.append("\n## Below level 4: why, and the first difference\n\n");
    out.append("| case | level | why; difference |\n|---|---|---|\n");
    verdicts.forEach((file, verdict) -> {
      if (verdict.level() < 4) {
        out.append(row(file, verdict, reasons.getOrDefault(file, "not known yet") + ". "));
      }
    });
    out.append("\n## At level 4\n\n| case | level | |\n|---|---|---|\n");
    verdicts.forEach((file, verdict) -> {
      if (verdict.level() == 4) {
        out.append(row(file, verdict, ""));
      }
    });
    return out.toString();
  }

  private static String row(String file, Verdict verdict, String reason) {
    String why = verdict.difference() == null ? "" : verdict.difference();
    String shown = why.replaceAll("\\s+", " ").replace("|", "\\|");
    return "| `%s` | %d | %s%s |%n"
        .formatted(
            file, verdict.level(), reason, shown.substring(0, Math.min(200, shown.length())));
  }

  /// The reasons that are written down: a line each, a part of the case's name, a colon, the
  /// reason.
  static Map<String, String> reasons(Path file, Iterable<String> cases) throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int colon = line.indexOf(": ");
      for (String each : cases) {
        if (colon > 0 && each.contains(line.substring(0, colon))) {
          reasons.put(each, line.substring(colon + 2));
        }
      }
    }
    return reasons;
  }

  static Map<String, Integer> levels(Path table) throws IOException {
    Map<String, Integer> levels = new LinkedHashMap<>();
    if (Files.exists(table)) {
      for (String line : Files.readAllLines(table)) {
        Matcher matcher = ROW.matcher(line);
        if (matcher.matches()) {
          levels.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
      }
    }
    return levels;
  }
}
