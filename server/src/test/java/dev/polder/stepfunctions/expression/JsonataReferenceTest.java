package dev.polder.stepfunctions.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Our expressions against what the reference implementation (npm `jsonata` 2.2.2) makes of the
/// same text and data. Rows marked `differs` are known not to agree: the real service refuses the
/// expression or answers otherwise, or the library counts arguments or rounds in another way.
final class JsonataReferenceTest {
  private static final String INPUT =
      "{\"n\":5,\"none\":null,\"s\":\"abc\",\"list\":[1,2,3],"
          + "\"objs\":[{\"k\":1,\"s\":\"b\"},{\"k\":2,\"s\":\"a\"}],\"mixed\":[1,\"a\"],"
          + "\"nested\":{\"a\":{\"z\":1},\"b\":{\"z\":2}},\"big\":9007199254740991,\"dbl\":1.0}";

  @Test
  void expressionsGiveWhatTheReferenceGives() throws IOException {
    List<String> misses = new ArrayList<>();
    int agreed = 0;
    int known = 0;
    for (Map<?, ?> row : rows()) {
      String expression = String.valueOf(row.get("expression"));
      String got = Try.jsonata(expression, INPUT);
      if (agrees(row, got)) {
        agreed++;
      } else if (row.containsKey("differs")) {
        known++;
      } else {
        misses.add(row + " got " + got);
      }
    }
    System.out.println("JSONata: " + agreed + " agree, " + known + " known to differ");
    assertThat(misses).isEmpty();
  }

  @Test
  void oneExpressionServesManyThreads() throws Exception {
    var problems = new ArrayList<String>();
    Expression shared =
        new Templates((code, message, location) -> problems.add(message), new TreeSet<>())
            .jsonata(
                "{% ($f := function($x) { $x * $states.input.n };"
                    + " $sum($map([1..50], $f)) & '/' & $states.input.n) %}",
                "Output", "");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        int n = i;
        tasks.add(() ->
            Try.evaluated(shared, "{\"n\":" + n + "}").equals("\"" + 1275 * n + "/" + n + "\""));
      }
      for (Future<Boolean> future : threads.invokeAll(tasks)) {
        assertThat(result(future)).isTrue();
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void damagedExpressionsAreRefusedOrEvaluated() throws IOException {
    long seed = Long.getLong("seed", 20_260_101L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    List<Map<?, ?>> rows = rows();
    String inserts = "[](){}.,;:=$'\"/*?@#|~<>%^&";
    for (int i = 0; i < 10_000; i++) {
      String whole = String.valueOf(rows.get(random.nextInt(rows.size())).get("expression"));
      int at = random.nextInt(whole.length() + 1);
      String damaged =
          switch (random.nextInt(3)) {
            case 0 -> whole.substring(0, at);
            case 1 -> whole.substring(0, at) + whole.substring(Math.min(at + 1, whole.length()));
            default ->
                whole.substring(0, at)
                    + inserts.charAt(random.nextInt(inserts.length()))
                    + whole.substring(at);
          };
      assertThat(Try.jsonata(damaged, INPUT)).as(damaged).isNotEmpty();
    }
  }

  private static boolean result(Future<Boolean> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean agrees(Map<?, ?> row, String got) {
    if (row.containsKey("undefined")) {
      return got.endsWith("returned nothing (undefined).");
    }
    if (row.containsKey("refused")) {
      return got.equals(
          "INVALID_JSONATA_EXPRESSION: " + row.get("refused") + " at /States/S/Output");
    }
    if (row.containsKey("error")) {
      return got.endsWith(" threw an error during evaluation. " + row.get("error"));
    }
    try {
      return Objects.equals(plain(Json.parse(got)), plain(row.get("value")));
    } catch (Json.Malformed e) {
      return false;
    }
  }

  /// Numbers by value, whatever their type.
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
      case List<?> list -> list.stream().map(each -> String.valueOf(plain(each))).toList();
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((name, each) -> plain.put(name, plain(each)));
        yield plain;
      }
      case null, default -> value;
    };
  }

  private static List<Map<?, ?>> rows() throws IOException {
    List<Map<?, ?>> rows = new ArrayList<>();
    try (InputStream file =
        JsonataReferenceTest.class.getResourceAsStream("jsonata-reference.json")) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      for (Object row : (List<?>) Objects.requireNonNull(Json.parse(bytes))) {
        rows.add((Map<?, ?>) row);
      }
    }
    return rows;
  }
}
