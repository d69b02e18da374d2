package dev.polder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.config.Config;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpHandler;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import dev.polder.kernel.Json;
import dev.polder.kernel.time.Time;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says that the process serves, which version it is, and by which clock.
final class Health implements HttpHandler {
  static final String PATH = "/_polder/health";

  private final Config config;
  private final Time time;
  private final List<String> services;

  Health(Config config, Time time, List<String> services) {
    this.config = config;
    this.time = time;
    this.services = List.copyOf(services);
  }

  @Override
  public void handle(HttpRequest request, HttpResponse response) throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "ok");
    answer.put("version", Main.version());
    answer.put("clock", config.skips() ? "skip" : "real");
    if (config.skips()) {
      answer.put(
          "warning", "the clock skips ahead whenever nothing runs: for tests and demos only");
    }
    answer.put("time", time.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    answer.put("services", services);
    byte[] body = (Json.write(answer) + "\n").getBytes(UTF_8);
    response.send(200, Headers.of("content-type", "application/json"), body);
  }
}
