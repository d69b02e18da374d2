package dev.polder.appsync.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request is answered.
///
/// @param status of HTTP
/// @param body in JSON form
public record Answer(int status, Map<String, @Nullable Object> body) {}
