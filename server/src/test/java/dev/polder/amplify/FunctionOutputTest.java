package dev.polder.amplify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionOutputTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private void log(String function, String text) throws Exception {
    Files.writeString(folder.resolve(function + ".log"), text, UTF_8, CREATE, APPEND);
  }

  private FunctionOutput output() {
    return new FunctionOutput(folder, new PrintStream(printed, true, UTF_8));
  }

  private String shown(FunctionOutput output) throws Exception {
    printed.reset();
    output.show();
    return printed.toString(UTF_8);
  }

  @Test
  void whatFunctionsPrintIsShownBehindTheirNames() throws Exception {
    log("echo-dev", "of yesterday\n");
    FunctionOutput output = output();
    log("echo-dev", "START RequestId: 1 Version: $LATEST\nhellö\nEND RequestId: 1\n");
    log("other-dev", "one\ntwo\n");
    assertThat(shown(output)).isEqualTo("echo-dev | hellö\nother-dev | one\nother-dev | two\n");
    assertThat(shown(output)).isEmpty();
  }

  @Test
  void linesAreShownWhenTheyAreComplete() throws Exception {
    FunctionOutput output = output();
    log("echo-dev", "a\nb");
    assertThat(shown(output)).isEqualTo("echo-dev | a\n");
    log("echo-dev", "c\n");
    assertThat(shown(output)).isEqualTo("echo-dev | bc\n");
  }

  @Test
  void ofMuchTheLastIsShown() throws Exception {
    FunctionOutput output = output();
    log("echo-dev", "x".repeat(99) + "\n");
    log("echo-dev", ("y".repeat(63) + "\n").repeat(FunctionOutput.MOST / 64));
    assertThat(shown(output).lines())
        .hasSize(1 + FunctionOutput.MOST / 64)
        .startsWith(
            "echo-dev | … (100 bytes more in " + folder.resolve("echo-dev.log") + ")",
            "echo-dev | " + "y".repeat(63));
  }

  @Test
  void aLogThatBeginsAnewIsFollowed() throws Exception {
    log("echo-dev", "long ago\n");
    FunctionOutput output = output();
    Files.delete(folder.resolve("echo-dev.log"));
    log("echo-dev", "new\n");
    assertThat(shown(output)).isEqualTo("echo-dev | new\n");
  }
}
