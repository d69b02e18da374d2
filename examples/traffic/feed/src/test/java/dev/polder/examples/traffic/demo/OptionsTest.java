package dev.polder.examples.traffic.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void runIsDueTwoHoursAfterTheLastDay() throws DemoException {
    Options options =
        Options.parse(
            "--start", "2024-02-28", "--days", "2", "--points", "9", "--machine", "article");

    assertThat(options.due()).isEqualTo("2024-03-01T02:00:00Z");
    assertThat(options.points()).isEqualTo(9);
    assertThat(options.machine()).isEqualTo("article");
  }

  @Test
  void badOptionIsRefusedByName() {
    for (List<String> arguments :
        List.of(
            List.of("--points", "0"),
            List.of("--points", "many"),
            List.of("--days", "367"),
            List.of("--start", "2024-02-30"),
            List.of("--machine", "worse"),
            List.of("--endpoint", "here"),
            List.of("--seed"),
            List.of("--colour", "red"))) {
      assertThatThrownBy(() -> Options.parse(arguments.toArray(String[]::new)))
          .isInstanceOf(DemoException.class)
          .hasMessageContaining(arguments.getFirst())
          .hasMessageContaining("Usage");
    }
  }

  @Test
  void demoEndsWithTwoWhenItCannotBegin() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, false);

    assertThat(Demo.run(terminal, "--points", "none")).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--points");
  }

  @Test
  void tableLinesUp() {
    assertThat(
            TextTable.lines(
                List.of("place", "minutes"),
                List.of(List.of("H101L10", "7"), List.of("H2", "1200"))))
        .containsExactly(
            "  place    minutes", "  ----------------", "  H101L10        7", "  H2          1200");
  }
}
