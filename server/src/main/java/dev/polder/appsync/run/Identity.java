package dev.polder.appsync.run;

import dev.polder.appsync.api.AuthRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who asks, once that is proven.
public interface Identity {

  /// How the caller proved who it is.
  AuthRule.Provider provider();

  /// The member `identity` of a function's event, as `$context.identity` of the real service; null
  /// for an API key.
  @Nullable Map<String, Object> json();

  /// A caller that gave a valid API key.
  static Identity apiKey() {
    return new Identity() {
      @Override
      public AuthRule.Provider provider() {
        return AuthRule.Provider.API_KEY;
      }

      @Override
      public @Nullable Map<String, Object> json() {
        return null;
      }
    };
  }
}
