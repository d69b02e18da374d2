package dev.polder.stepfunctions.expression;

import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import dev.polder.kernel.Json;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Lets the JSONPath library work on maps and lists as they are.
final class PlainJson extends AbstractJsonProvider {
  @Override
  public Object parse(@Nullable String json) {
    throw new InvalidJsonException("Only values are read");
  }

  @Override
  public Object parse(@Nullable InputStream json, @Nullable String charset) {
    throw new InvalidJsonException("Only values are read");
  }

  @Override
  public String toJson(@Nullable Object value) {
    return Json.write(value);
  }

  @Override
  public Object createArray() {
    return new ArrayList<@Nullable Object>();
  }

  @Override
  public Object createMap() {
    return new LinkedHashMap<String, @Nullable Object>();
  }
}
