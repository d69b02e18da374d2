package dev.polder.stepfunctions.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.SharedCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every recorded case, with its level, against the committed table of what passes.
///
/// `-Dcases=text` runs only cases whose file name contains the text and prints what differs;
/// `-Dgolden=update` writes the table anew.
class RecordedCasesTest {
  private static final Path TABLE = Path.of("../docs/conformance-asl.md");
  private static final Path REASONS =
      Path.of("src/test/resources/dev/polder/stepfunctions/conformance/misses.txt");

  @TempDir private Path directory;

  @Test
  void recordedCasesPassAtTheirLevel() throws IOException {
    Path root = SharedCases.conformance("asl");
    String only = System.getProperty("cases", "");
    Map<String, Verdict> verdicts = new TreeMap<>();
    try (var store = OneStore.in(directory.resolve("store"))) {
      for (String file : RecordedCase.files(root)) {
        if (file.contains(only)) {
          verdicts.put(file, run(store, RecordedCase.read(root, file)));
        }
      }
    }
    verdicts.forEach((file, verdict) -> {
      if (verdict.difference() != null) {
        System.out.println("L" + verdict.level() + " " + file + "\n     " + verdict.difference());
      }
    });
    System.out.println(summary(verdicts));
    if (!only.isEmpty()) {
      return;
    }
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(TABLE.toAbsolutePath().normalize().getParent());
      Files.writeString(
          TABLE,
          ConformanceTable.written(verdicts, ConformanceTable.reasons(REASONS, verdicts.keySet())));
    }
    Map<String, Integer> passed = ConformanceTable.levels(TABLE);
    List<String> worse = new ArrayList<>();
    verdicts.forEach((file, verdict) -> {
      if (verdict.level() < passed.getOrDefault(file, 0)) {
        worse.add(file + ": " + verdict.difference());
      }
    });
    assertThat(worse).as("cases that passed and no longer do").isEmpty();
  }

  private Verdict run(OneStore store, RecordedCase recorded) {
    try {
      return CaseRunner.run(store, directory, recorded);
    } catch (Throwable e) {
      return Verdict.at(0, "failed: " + e);
    }
  }

  private static String summary(Map<String, Verdict> verdicts) {
    Map<String, int[]> areas = new LinkedHashMap<>();
    verdicts.forEach((file, verdict) -> ConformanceTable.count(areas, file, verdict));
    StringBuilder out = new StringBuilder();
    areas.forEach((area, counts) ->
        out.append(String.format("%-45s", area)).append(Arrays.toString(counts)).append('\n'));
    return out.toString();
  }
}
