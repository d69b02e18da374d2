package dev.polder.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole demo, small: deployed, landed through the XML, run, answered and checked.
class DemoTest {
  @TempDir Path directory;

  @Test
  void theBetterMachineAnswersAndEveryEventIsAccountedFor() {
    try (var server = PolderProcess.start(directory)) {
      TrafficPipeline.deploy(server);
      String shown = demo(server, "--points", "12", "--days", "2");
      assertThat(shown)
          .contains("enter CrawlLanding", "leave CrawlMinutes", "SUCCEEDED")
          .contains("The worst jams by place and hour", "Speed by hour of day")
          .contains("rows in minutes are what a computation in plain Java says")
          .contains(server.endpoint() + "/_polder/");
    }
  }

  @Test
  void theMachineOfTheArticleWaitsInNoTimeOnASkippingClock() {
    try (var server =
        PolderProcess.start(
            directory, "--clock", "skip", "--clock-begin", "2024-03-02T00:00:00Z")) {
      TrafficPipeline.deploy(server, "ScheduleState=DISABLED");
      String shown = demo(server, "--points", "12", "--days", "1", "--machine", "article");
      assertThat(shown).contains("SUCCEEDED", "what a computation in plain Java says");
    }
  }

  private static String demo(PolderProcess server, String... options) {
    Path feed = PolderProcess.root().resolve("examples/traffic/feed/target");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                feed.resolve("traffic-feed.jar") + ":" + feed.resolve("lib") + "/*",
                "dev.polder.examples.traffic.demo.Demo",
                "--endpoint",
                server.endpoint().toString()));
    command.addAll(List.of(options));
    return Commands.run(command);
  }
}
