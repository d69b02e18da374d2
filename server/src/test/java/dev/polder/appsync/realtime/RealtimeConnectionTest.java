package dev.polder.appsync.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.run.Identity;
import dev.polder.appsync.run.MutationListener.Mutation;
import dev.polder.appsync.run.Request;
import dev.polder.kernel.Json;
import dev.polder.kernel.time.ManualTime;
import dev.polder.kernel.time.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The protocol, message by message.
class RealtimeConnectionTest {
  private static final Identity KEY = Identity.apiKey();

  private final List<String> sent = new ArrayList<>();
  private @Nullable Integer closed;
  private int answered;

  private final Outgoing client =
      new Outgoing() {
        @Override
        public boolean send(String message) {
          sent.add(message);
          return true;
        }

        @Override
        public void close(int code, String reason) {
          closed = code;
        }
      };

  /// Runs what it is given at once.
  private static Time immediate() {
    var time = new ManualTime(Instant.EPOCH);
    return new Time() {
      @Override
      public Instant instant() {
        return time.instant();
      }

      @Override
      public Timer at(Instant due, Runnable task) {
        return time.at(due, task);
      }

      @Override
      public Work work() {
        return time.work();
      }

      @Override
      public void run(String name, Runnable task) {
        task.run();
      }

      @Override
      public void close() {}
    };
  }

  /// Knows `onCreate`, fed by `create`, with an argument and a filter as variables.
  private final class Api implements Subscribing {
    @Override
    public Accepted accept(Request request) {
      if (!request.query().startsWith("subscription")) {
        throw RejectedException.of(null, "Not a subscription", null);
      }
      Map<String, @Nullable Object> equal = new LinkedHashMap<>(request.variables());
      Object filter = equal.remove("filter");
      @SuppressWarnings("unchecked")
      List<Map<String, Object>> filters =
          filter instanceof Map<?, ?> map ? List.of((Map<String, Object>) map) : List.of();
      return new Accepted("onCreate", equal, filters);
    }

    @Override
    public Map<String, @Nullable Object> answer(
        Request request, Map<String, @Nullable Object> selected) {
      answered++;
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      answer.put("data", Map.of("onCreate", selected));
      return answer;
    }

    @Override
    public List<String> fedBy(String mutation) {
      return mutation.equals("create") ? List.of("onCreate") : List.of();
    }
  }

  private final Realtime realtime = new Realtime(immediate(), _ -> Optional.of(new Api()));

  private static Identity admit(Map<String, String> headers) {
    if (!"good".equals(headers.get("x-api-key"))) {
      throw RejectedException.of(
          "UnauthorizedException", "You are not authorized to make this call.", 401);
    }
    return KEY;
  }

  private RealtimeConnection connect(String key) {
    var connection = realtime.connect("api", (headers, _) -> admit(headers), client);
    connection.opened(Map.of("x-api-key", key));
    return connection;
  }

  private static String start(String id, String key, Map<String, ?> variables) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("query", "subscription { onCreate { id } }");
    data.put("variables", variables);
    return Json.write(
        Map.of(
            "id",
            id,
            "type",
            "start",
            "payload",
            Map.of(
                "data",
                Json.write(data),
                "extensions",
                Map.of("authorization", Map.of("X-Api-Key", key)))));
  }

  private void mutate(Map<String, @Nullable Object> selected) {
    var request = new Request("", null, Map.of(), Map.of(), Identity.apiKey(), false);
    realtime.mutated("api", new Mutation(request, "create", Map.of(), selected));
  }

  private List<String> taken() {
    List<String> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  @Test
  void aSubscriptionBeginsDeliversAndEnds() {
    var connection = connect("good");
    connection.message("{\"type\":\"connection_init\"}");
    assertThat(taken())
        .containsExactly(
            "{\"type\":\"connection_ack\",\"payload\":{\"connectionTimeoutMs\":300000}}",
            "{\"type\":\"ka\"}");
    connection.message(start("1", "good", Map.of()));
    assertThat(taken()).containsExactly("{\"id\":\"1\",\"type\":\"start_ack\"}");
    mutate(Map.of("id", "a"));
    assertThat(taken())
        .containsExactly(
            "{\"id\":\"1\",\"type\":\"data\",\"payload\":{\"data\":{\"onCreate\":{\"id\":\"a\"}}}}");
    connection.heartbeat();
    connection.message("{\"type\":\"stop\",\"id\":\"1\"}");
    assertThat(taken())
        .containsExactly("{\"type\":\"ka\"}", "{\"id\":\"1\",\"type\":\"complete\"}");
    mutate(Map.of("id", "b"));
    assertThat(taken()).isEmpty();
    assertThat(realtime.size("api")).isZero();
  }

  @Test
  void whoIsNotKnownIsToldSoAndClosed() {
    var connection = connect("bad");
    assertThat(taken())
        .containsExactly(
            "{\"type\":\"connection_error\",\"payload\":{\"errors\":[{\"errorType\":\"UnauthorizedException\","
                + "\"message\":\"You are not authorized to make this call.\",\"errorCode\":401}]}}");
    assertThat(closed).isEqualTo(1000);
    connection.message("{\"type\":\"connection_init\"}");
    assertThat(taken()).isEmpty();
  }

  @Test
  void whatCannotBeStartedIsAnErrorOfItsId() {
    var connection = connect("good");
    connection.message(start("1", "bad", Map.of()));
    connection.message(start("2", "good", Map.of()));
    connection.message(start("2", "good", Map.of()));
    connection.message("{\"type\":\"stop\",\"id\":\"3\"}");
    connection.message("{\"type\":\"dance\",\"id\":\"4\"}");
    connection.message("not JSON");
    connection.message("{\"type\":\"start\",\"id\":\"5\",\"payload\":{\"data\":\"{}\"}}");
    assertThat(taken())
        .containsExactly(
            "{\"id\":\"1\",\"type\":\"error\",\"payload\":{\"errors\":[{\"errorType\":\"UnauthorizedException\","
                + "\"message\":\"You are not authorized to make this call.\",\"errorCode\":401}]}}",
            "{\"id\":\"2\",\"type\":\"start_ack\"}",
            error("2", "DuplicatedOperationError", "Duplicated operation with id 2"),
            error("3", "UnknownOperationError", "Unknown operation id 3"),
            error(
                "4", "UnsupportedOperation", "unknown not supported through the realtime channel"),
            error("", "UnsupportedOperation", "unknown not supported through the realtime channel"),
            error(
                "5", "UnsupportedOperation", "unknown not supported through the realtime channel"));
  }

  private static String error(String id, String type, String message) {
    return "{\"id\":\""
        + id
        + "\",\"type\":\"error\",\"payload\":{\"errors\":[{\"errorType\":\""
        + type
        + "\",\"message\":\""
        + message
        + "\"}]}}";
  }

  @Test
  void aConnectionCarriesAHundredSubscriptions() {
    var connection = connect("good");
    for (int i = 0; i <= 100; i++) {
      connection.message(start("s" + i, "good", Map.of()));
    }
    assertThat(taken().getLast())
        .isEqualTo(
            error(
                "s100", "MaxSubscriptionsReachedError", "Max number of 100 subscriptions reached"));
    mutate(Map.of("id", "a"));
    assertThat(taken()).hasSize(100);
    // They all ask for the same: it is answered once.
    assertThat(answered).isEqualTo(1);
    connection.closed();
    assertThat(realtime.size("api")).isZero();
  }

  @Test
  void argumentsAndFiltersChooseWhatIsDelivered() {
    var connection = connect("good");
    connection.message(start("equal", "good", Map.of("author", "ann")));
    connection.message(
        start("filter", "good", Map.of("filter", Json.parseObject("{\"stars\":{\"ge\":3}}"))));
    sent.clear();
    mutate(Map.of("author", "ann", "stars", 2));
    mutate(Map.of("author", "bob", "stars", 3.0));
    mutate(Map.of("author", "bob", "stars", 1));
    mutate(Map.of("id", "neither is selected"));
    assertThat(sent).hasSize(2);
    assertThat(sent.get(0)).startsWith("{\"id\":\"equal\"");
    assertThat(sent.get(1)).startsWith("{\"id\":\"filter\"");
  }

  @Test
  void whatIsTooLargeIsNotDelivered() {
    var connection = connect("good");
    connection.message(start("1", "good", Map.of()));
    sent.clear();
    mutate(Map.of("id", "x".repeat(241 << 10)));
    assertThat(sent).isEmpty();
    mutate(Map.of("id", "x".repeat(200 << 10)));
    assertThat(sent).hasSize(1);
  }
}
