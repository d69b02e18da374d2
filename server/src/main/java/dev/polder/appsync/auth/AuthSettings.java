package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule.Provider;
import dev.polder.kernel.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How callers of an API may prove who they are.
///
/// @param initial what types and fields accept that name nothing else
/// @param additional the others, in order
public record AuthSettings(AuthSetting initial, List<AuthSetting> additional) {

  /// API keys and nothing else.
  public static final AuthSettings API_KEY = new AuthSettings(new AuthSetting.ApiKey(), List.of());

  public AuthSettings {
    additional = List.copyOf(additional);
  }

  /// The initial one first.
  public List<AuthSetting> all() {
    List<AuthSetting> all = new ArrayList<>();
    all.add(initial);
    all.addAll(additional);
    return all;
  }

  /// All that rules may name.
  public Set<Provider> providers() {
    Set<Provider> providers = EnumSet.noneOf(Provider.class);
    all().forEach(setting -> providers.add(setting.provider()));
    return providers;
  }

  /// The first setting of a kind.
  <T extends AuthSetting> Optional<T> find(Class<T> kind) {
    return all().stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /// The stored form.
  public Map<String, Object> json() {
    return Map.of(
        "initial",
        initial.json(),
        "additional",
        additional.stream().map(AuthSetting::json).toList());
  }

  /// Reads the stored form.
  public static AuthSettings of(JsonObject json) {
    return new AuthSettings(
        AuthSetting.of(json.object("initial")),
        json.objects("additional").stream().map(AuthSetting::of).toList());
  }
}
