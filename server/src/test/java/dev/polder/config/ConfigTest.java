package dev.polder.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  @TempDir Path directory;

  private static Config flags(String... flags) {
    return Config.of(List.of(flags), Map.of());
  }

  @Test
  void defaultsAreLoopbackPort4566AndARealClock() {
    Config config = flags();
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(4566);
    assertThat(config.skips()).isFalse();
    assertThat(config.verifies()).isFalse();
    assertThat(config.data()).isEqualTo(Path.of("data").toAbsolutePath());
  }

  @Test
  void flagsWinOverTheEnvironmentAndThatOverTheFile() throws Exception {
    Path file = Files.writeString(directory.resolve("p"), "port = 1\ndata = /f\nclock = skip\n");
    Config config =
        Config.of(
            List.of("--config", file.toString(), "--port=3"),
            Map.of("POLDER_PORT", "2", "POLDER_DATA", "/e", "PATH", "/bin"));
    assertThat(config.port()).isEqualTo(3);
    assertThat(config.data()).isEqualTo(Path.of("/e"));
    assertThat(config.skips()).isTrue();
    assertThat(config.lines())
        .anySatisfy(line -> assertThat(line).contains("port").endsWith("(--port)"))
        .anySatisfy(line -> assertThat(line).contains("data").endsWith("(POLDER_DATA)"));
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 65536, port",
    "--port, x, port",
    "--clock, slow, clock",
    "--clock-begin, yesterday, clock-begin",
    "--auth, maybe, auth",
    "--keys, abc, keys",
    "--athena-memory, lots, athena-memory",
    "--athena-threads, 0, athena-threads",
    "--log-level, loud, log-level",
  })
  void aBadValueIsRefusedByName(String flag, String value, String name) {
    assertThatThrownBy(() -> flags(flag, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Expected " + name + " (");
  }

  @Test
  void hostNamesAreReadWhateverTheirCase() {
    assertThat(flags().hostNames()).isEmpty();
    assertThat(flags("--host-names", "Polder.test, lake.example").hostNames())
        .containsExactlyInAnyOrder("polder.test", "lake.example");
  }

  @Test
  void anUnknownFlagIsRefusedByName() {
    assertThatThrownBy(() -> flags("--prot", "1")).hasMessageContaining("--prot");
  }

  @Test
  void aMissingFileIsRefusedByName() {
    assertThatThrownBy(() -> flags("--config", "/no/such/file"))
        .hasMessageContaining("/no/such/file");
  }

  @Test
  void secretsAreNotShown() {
    Config config = flags("--keys", "AKID:very-secret");
    assertThat(config.keys()).containsEntry("AKID", "very-secret");
    assertThat(String.join("\n", config.lines())).doesNotContain("very-secret");
  }
}
