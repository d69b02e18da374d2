package dev.polder.stepfunctions.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import dev.polder.kernel.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The functions that Step Functions adds to JSONata, those that must not ask the machine for time
/// or chance, and the one it takes away
/// (https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html).
final class JsonataFunctions {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private JsonataFunctions() {}

  /// Binds the function of a name, where it is not the language's own.
  static void bind(String name, Jsonata.Frame frame, Data data) {
    Environment environment = data.environment();
    switch (name) {
      // Not supported: calling it is calling nothing.
      case "eval" -> frame.bind(name, (@Nullable Object) null);
      case "partition" -> define(frame, name, "<a-n:a<a>>", JsonataFunctions::partition);
      case "range" -> define(frame, name, "<nnn:a<n>>", JsonataFunctions::range);
      case "hash" -> define(frame, name, "<s-s:s>", JsonataFunctions::hash);
      case "parse" -> define(frame, name, "<s-:x>", JsonataFunctions::parse);
      case "uuid" -> define(frame, name, "<:s>", arguments -> environment.uuid());
      case "random" -> define(frame, name, "<n?:n>", arguments -> random(arguments, environment));
      case "millis" ->
          define(frame, name, "<:n>", arguments -> environment.time().instant().toEpochMilli());
      case "now" ->
          define(frame, name, "<s?s?:s>", arguments -> now(frame, arguments, environment));
      default -> {}
    }
  }

  private interface Body {
    @Nullable Object call(List<?> arguments);
  }

  private static void define(Jsonata.Frame frame, String name, String signature, Body body) {
    frame.bind(name, new Jsonata.JFunction((input, arguments) -> body.call(arguments), signature));
  }

  private static @Nullable Object partition(List<?> arguments) {
    if (missing(arguments, 2)) {
      return null;
    }
    return guarded(() ->
        ArrayFunctions.partition(
            new ArrayList<>((List<?>) arguments.get(0)), whole(arguments.get(1))));
  }

  /// A sequence: one number alone comes out as itself (recorded).
  private static @Nullable Object range(List<?> arguments) {
    if (missing(arguments, 3)) {
      return null;
    }
    List<Object> sequence = Utils.createSequence();
    sequence.addAll(
        (List<?>)
            guarded(() ->
                ArrayFunctions.range(
                    whole(arguments.get(0)), whole(arguments.get(1)), whole(arguments.get(2)))));
    return sequence.size() == 1 ? sequence.getFirst() : sequence;
  }

  private static @Nullable Object hash(List<?> arguments) {
    if (missing(arguments, 2)) {
      return null;
    }
    return guarded(() -> TextFunctions.hash((String) arguments.get(0), (String) arguments.get(1)));
  }

  private static @Nullable Object parse(List<?> arguments) {
    if (missing(arguments, 1)) {
      return null;
    }
    Object value =
        guarded(() -> {
          try {
            return new Parsed(Json.parse((String) arguments.get(0)));
          } catch (Json.Malformed e) {
            throw new IllegalArgumentException(e.getMessage());
          }
        });
    Object parsed = ((Parsed) value).value();
    return parsed == null ? Jsonata.NULL_VALUE : parsed;
  }

  private record Parsed(@Nullable Object value) {}

  /// With a seed the number is that of `java.util.Random`.
  private static Object random(List<?> arguments, Environment environment) {
    return missing(arguments, 1)
        ? environment.random().nextDouble()
        : new Random(whole(arguments.get(0))).nextDouble();
  }

  private static @Nullable Object now(
      Jsonata.Frame frame, List<?> arguments, Environment environment) throws JException {
    Instant now = environment.time().instant();
    if (missing(arguments, 1)) {
      return MILLIS.format(now);
    }
    Object zone = arguments.size() > 1 ? arguments.get(1) : null;
    Jsonata format = Jsonata.jsonata("$fromMillis($at, $picture, $zone)");
    Jsonata.Frame own = format.createFrame();
    own.bind("at", (Object) now.toEpochMilli());
    own.bind("picture", arguments.get(0));
    own.bind("zone", zone);
    return format.evaluate(null, own);
  }

  private static boolean missing(List<?> arguments, int count) {
    return arguments.size() < count || arguments.subList(0, count).contains(null);
  }

  private static long whole(@Nullable Object number) {
    return number instanceof Number n ? new BigDecimal(n.toString()).longValue() : 0;
  }

  private interface Guarded {
    Object value();
  }

  private static Object guarded(Guarded body) {
    try {
      return body.value();
    } catch (IllegalArgumentException e) {
      throw new JException("D3137", -1, e.getMessage());
    }
  }
}
