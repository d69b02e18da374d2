package dev.polder.appsync.transform;

import java.util.LinkedHashSet;
import java.util.Set;

/// The ways in which callers of an API may prove who they are.
///
/// @param initial the mode of fields and types that name none
/// @param additional the others
public record AuthModes(AuthMode initial, Set<AuthMode> additional) {

  /// API keys and nothing else.
  public static final AuthModes API_KEY = new AuthModes(AuthMode.API_KEY, Set.of());

  public AuthModes {
    additional = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(additional));
  }

  /// True if callers may use the mode.
  public boolean allows(AuthMode mode) {
    return initial == mode || additional.contains(mode);
  }
}
