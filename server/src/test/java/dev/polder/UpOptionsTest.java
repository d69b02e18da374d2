package dev.polder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Scope;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The command line of `polder up` for a template.
class UpOptionsTest {

  @Test
  void aTemplateAloneGoesWhereClientsLookForIt() {
    UpOptions options = UpOptions.parse(List.of("/home/me/My App/template.yaml"), Map.of());

    assertThat(options.template()).isEqualTo(Path.of("/home/me/My App/template.yaml"));
    assertThat(options.endpoint()).isEqualTo(URI.create("http://127.0.0.1:4566"));
    assertThat(options.stack()).isEqualTo("my-app");
    assertThat(options.scope()).isEqualTo(Scope.DEFAULT);
  }

  @Test
  void theRegionIsTheFlagsThenThatOfTheEnvironmentOfAnyClient() {
    var older = Map.of("AWS_DEFAULT_REGION", "eu-west-1");
    var both = Map.of("AWS_DEFAULT_REGION", "eu-west-1", "AWS_REGION", "eu-central-1");

    assertThat(region(List.of("t.yaml"), older)).isEqualTo("eu-west-1");
    assertThat(region(List.of("t.yaml"), both)).isEqualTo("eu-central-1");
    assertThat(region(List.of("t.yaml", "--region", "us-west-2"), both)).isEqualTo("us-west-2");
  }

  private static String region(List<String> arguments, Map<String, String> environment) {
    return UpOptions.parse(arguments, environment).scope().region();
  }

  @Test
  void whatCannotBeMeantIsRefusedByName() {
    refused(List.of(), "Expected polder up PATH: a template, or a folder with one");
    refused(List.of("t.yaml", "--stack"), "Expected a value behind --stack");
    refused(List.of("t.yaml", "--port", "1"), "Unknown flag of polder up for a template: --port");
    refused(List.of("t.yaml", "--parameter", "A"), "Expected --parameter Name=Value but was A");
    refused(
        List.of("t.yaml", "--endpoint", "here"), "Expected --endpoint to be a URL but was here");
  }

  private static void refused(List<String> arguments, String message) {
    assertThatThrownBy(() -> UpOptions.parse(arguments, Map.of()))
        .isInstanceOf(Main.UsageException.class)
        .hasMessage(message);
  }
}
