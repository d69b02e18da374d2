package dev.polder.appsync.auth;

import static java.lang.System.Logger.Level.WARNING;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Asks functions whether a token is good, and remembers their answers for as long as they allow.
///
/// https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#aws-lambda-authorization
final class FunctionAuthorizer {
  private static final int LONGEST_REASON = 1000;
  private static final System.Logger LOG = System.getLogger(FunctionAuthorizer.class.getName());
  private static final int REMEMBERED = 10_000;
  private static final int LONGEST_TTL = 3600;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private record Question(String apiId, String function, String token) {}

  private record Answer(boolean isAuthorized, KnownCaller.ByFunction caller, Instant until) {}

  private final Clients clients;
  private final Time time;
  private final Map<Question, Answer> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
          return size() > REMEMBERED;
        }
      };

  FunctionAuthorizer(Clients clients, Time time) {
    this.clients = clients;
    this.time = time;
  }

  /// Whom the function lets in.
  ///
  /// @throws UnauthorizedException if it does not, or fails
  KnownCaller caller(Scope scope, AuthSetting.Function setting, String token, Asked asked) {
    var question = new Question(asked.apiId(), setting.function(), token);
    Answer answer = remembered(question);
    if (answer == null) {
      answer = ask(scope, setting, token, asked);
      if (answer.until().isAfter(time.instant())) {
        synchronized (answers) {
          answers.put(question, answer);
        }
      }
    }
    if (!answer.isAuthorized()) {
      throw UnauthorizedException.notAuthorized();
    }
    return answer.caller();
  }

  private @Nullable Answer remembered(Question question) {
    synchronized (answers) {
      Answer answer = answers.get(question);
      return answer == null || !answer.until().isAfter(time.instant()) ? null : answer;
    }
  }

  private Answer ask(Scope scope, AuthSetting.Function setting, String token, Asked asked) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("apiId", asked.apiId());
    context.put("accountId", scope.account());
    context.put("requestId", asked.requestId());
    context.put("queryString", asked.query());
    context.put("operationName", asked.operationName());
    context.put("variables", asked.variables());
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("authorizationToken", token);
    event.put("requestContext", context);
    event.put("requestHeaders", asked.headers());
    try {
      Scope where = Arn.parse(setting.function()).map(arn -> arn.scope(scope)).orElse(scope);
      InvokeResponse response =
          invoke(
              clients.get(LambdaClient.class, where),
              InvokeRequest.builder()
                  .functionName(setting.function())
                  .payload(SdkBytes.fromUtf8String(Json.write(event)))
                  .build());
      if (response.functionError() == null) {
        return read(setting, asked.apiId(), response.payload().asUtf8String());
      }
      warn(setting, response.payload().asUtf8String());
    } catch (Json.Malformed e) {
      warn(setting, "expected an object with isAuthorized: " + e.getMessage());
    } catch (SdkException | CompletionException e) {
      warn(setting, String.valueOf(e.getMessage()));
    }
    throw UnauthorizedException.notAuthorized();
  }

  private static void warn(AuthSetting.Function setting, String why) {
    String shown = why.substring(0, Math.min(why.length(), LONGEST_REASON));
    LOG.log(WARNING, "The authorising function " + setting.function() + " failed: " + shown);
  }

  /// Waits for a function no longer than the service does.
  private InvokeResponse invoke(LambdaClient client, InvokeRequest request) {
    var response = new CompletableFuture<InvokeResponse>();
    try (Time.Work _ = time.work()) {
      Time.Timer timer =
          time.at(
              time.instant().plus(LONGEST_WAIT),
              () -> response.completeExceptionally(new TimeoutException("No answer in time")));
      Thread.ofVirtual()
          .name("authorizer")
          .start(() -> {
            try {
              response.complete(client.invoke(request));
            } catch (RuntimeException | Error e) {
              response.completeExceptionally(e);
            }
          });
      try {
        return response.join();
      } finally {
        timer.cancel();
      }
    }
  }

  @SuppressWarnings("unchecked") // A JSON object has names for keys.
  private Answer read(AuthSetting.Function setting, String apiId, String payload) {
    Map<String, Object> answer = Json.parseObject(payload);
    boolean authorized = Boolean.TRUE.equals(answer.get("isAuthorized"));
    Map<String, Object> context =
        answer.get("resolverContext") instanceof Map<?, ?> map
            ? (Map<String, Object>) map
            : Map.of();
    Set<String> denied = new HashSet<>();
    if (answer.get("deniedFields") instanceof Collection<?> fields) {
      fields.forEach(field -> denied.add(shortForm(apiId, String.valueOf(field))));
    }
    int ttl =
        answer.get("ttlOverride") instanceof Number number
            ? Math.clamp(number.intValue(), 0, LONGEST_TTL)
            : setting.ttlSeconds();
    return new Answer(
        authorized, new KnownCaller.ByFunction(context, denied), time.instant().plusSeconds(ttl));
  }

  /// `Type.field` of `arn:…:apis/<id>/types/<Type>/fields/<field>`; a field of another API stays as
  /// it is and so matches nothing.
  private static String shortForm(String apiId, String field) {
    String marker = ":apis/" + apiId + "/types/";
    int at = field.indexOf(marker);
    return at < 0 ? field : field.substring(at + marker.length()).replace("/fields/", ".");
  }
}
