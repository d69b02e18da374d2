package dev.polder.stepfunctions.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The intrinsic functions
/// (https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html). Bad arguments
/// are an `IllegalArgumentException` whose message becomes part of the error's cause.
enum IntrinsicFunction {
  ARRAY("Array", 0, Integer.MAX_VALUE, (a, e) -> a),
  ARRAY_PARTITION("ArrayPartition", 2, 2, (a, e) -> ArrayFunctions.partition(a)),
  ARRAY_CONTAINS("ArrayContains", 2, 2, (a, e) -> ArrayFunctions.contains(a)),
  ARRAY_RANGE("ArrayRange", 3, 3, (a, e) -> ArrayFunctions.range(a)),
  ARRAY_GET_ITEM("ArrayGetItem", 2, 2, (a, e) -> ArrayFunctions.item(a)),
  ARRAY_LENGTH("ArrayLength", 1, 1, (a, e) -> ArrayFunctions.length(a)),
  ARRAY_UNIQUE("ArrayUnique", 1, 1, (a, e) -> ArrayFunctions.unique(a)),
  BASE64_ENCODE("Base64Encode", 1, 1, (a, e) -> TextFunctions.encode(a)),
  BASE64_DECODE("Base64Decode", 1, 1, (a, e) -> TextFunctions.decode(a)),
  HASH("Hash", 2, 2, (a, e) -> TextFunctions.hash(a)),
  JSON_MERGE("JsonMerge", 3, 3, (a, e) -> TextFunctions.merge(a)),
  STRING_TO_JSON("StringToJson", 1, 1, (a, e) -> TextFunctions.parse(a)),
  JSON_TO_STRING("JsonToString", 1, 1, (a, e) -> TextFunctions.write(a)),
  MATH_RANDOM("MathRandom", 2, 3, MathFunctions::random),
  MATH_ADD("MathAdd", 2, 2, (a, e) -> MathFunctions.add(a)),
  STRING_SPLIT("StringSplit", 2, 2, (a, e) -> TextFunctions.split(a)),
  UUID("UUID", 0, 0, (a, e) -> e.uuid()),
  FORMAT("Format", 1, Integer.MAX_VALUE, (a, e) -> TextFunctions.format(a));

  private final String title;
  private final int fewest;
  private final int most;
  private final Body body;

  private interface Body {
    @Nullable Object call(List<@Nullable Object> arguments, Environment environment);
  }

  IntrinsicFunction(String title, int fewest, int most, Body body) {
    this.title = title;
    this.fewest = fewest;
    this.most = most;
    this.body = body;
  }

  /// @param title the name after `States.`
  static @Nullable IntrinsicFunction named(String title) {
    for (IntrinsicFunction function : values()) {
      if (function.title.equals(title)) {
        return function;
      }
    }
    return null;
  }

  boolean takes(int arguments) {
    return arguments >= fewest && arguments <= most;
  }

  @Nullable Object call(List<@Nullable Object> arguments, Environment environment) {
    return body.call(arguments, environment);
  }
}
