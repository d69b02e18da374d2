package dev.polder.stepfunctions.execution;

import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a callback names a task with. It says where the task is, so that nothing needs to be kept
/// to find it; the random part tells attempts apart and cannot be guessed.
public record TaskToken(ExecutionKey key, int branch, String nonce) {

  static TaskToken of(ExecutionKey key, int branch, RandomGenerator random) {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    return new TaskToken(key, branch, HexFormat.of().formatHex(nonce));
  }

  /// The token as text: letters, digits, dashes and underscores.
  public String text() {
    Scope scope = key.scope();
    String json =
        Json.write(
            List.of(scope.account(), scope.region(), key.machine(), key.name(), branch, nonce));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads a token, or answers empty where the text is none.
  public static Optional<TaskToken> parse(String text) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(text);
      if (Json.parse(json) instanceof List<?> part && part.size() == 6) {
        Scope scope = new Scope((String) part.get(0), (String) part.get(1));
        var key = new ExecutionKey(scope, (String) part.get(2), (String) part.get(3));
        return Optional.of(
            new TaskToken(key, ((Number) part.get(4)).intValue(), (String) part.get(5)));
      }
      return Optional.empty();
    } catch (IllegalArgumentException | Json.Malformed | ClassCastException e) {
      return Optional.empty();
    }
  }
}
