package dev.polder.stepfunctions.expression;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.TypeRef;
import com.jayway.jsonpath.spi.mapper.MappingException;
import com.jayway.jsonpath.spi.mapper.MappingProvider;
import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A JSONPath into the input (`$...`), the context object (`$$...`) or a variable (`$name...`).
///
/// Paths of plain fields and positions are walked here; all others by the JSONPath library, which
/// also words every mismatch. Its functions (`length()` and such) are not part of the language: a
/// path that ends in one matches nothing (https://repost.aws/questions/QUYiQKP0XfThWEc_ahsMnLOA). A
/// path that may match many gives an empty list where even its first steps lead nowhere, and
/// backslashes in quoted names stand for themselves (both recorded).
public final class Path {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$([\\p{javaUnicodeIdentifierStart}_][\\p{javaUnicodeIdentifierPart}]*)(.*)",
          Pattern.DOTALL);
  private static final String NAME = "[^\\s.\\[\\]()*?@,'\"]+";
  private static final String SINGLE = "(?:[^'\\\\]|\\\\(?!'))+";
  private static final String DOUBLE = "(?:[^\"\\\\]|\\\\(?!\"))+";
  private static final Pattern PLAIN =
      Pattern.compile(
          "\\$(\\." + NAME + "|\\['" + SINGLE + "']|\\[\"" + DOUBLE + "\"]|\\[-?\\d{1,9}])*");
  private static final Pattern STEP =
      Pattern.compile(
          "\\.(" + NAME + ")|\\['(" + SINGLE + ")']|\\[\"(" + DOUBLE + ")\"]|\\[(-?\\d{1,9})]");
  private static final Pattern FUNCTION = Pattern.compile("\\.\\w+\\([^()]*\\)$");
  private static final Configuration PLAIN_VALUES =
      Configuration.builder()
          .jsonProvider(new PlainJson())
          .mappingProvider(new NoMapping())
          .build();
  private static final Object MISSING = new Object();

  private final String text;
  private final @Nullable String variable;
  private final boolean context;
  private final @Nullable List<Object> steps;
  private final String inner;
  private final @Nullable JsonPath compiled;
  private final String fault;

  private Path(String text, @Nullable String variable, boolean context, String inner) {
    this.text = text;
    this.variable = variable;
    this.context = context;
    this.inner = inner;
    this.steps = PLAIN.matcher(inner).matches() ? steps(inner) : null;
    JsonPath made = null;
    String problem = "";
    try {
      made = JsonPath.compile(inner);
    } catch (JsonPathException | IllegalArgumentException e) {
      problem = String.valueOf(e.getMessage());
    }
    this.compiled = made;
    this.fault = problem;
  }

  /// Reads a path. What the JSONPath library cannot read is a fault of the execution that first
  /// uses it, as in the real service.
  public static Path of(String text) {
    if (text.startsWith("$$")) {
      return new Path(text, null, true, text.substring(1));
    }
    Matcher named = VARIABLE.matcher(text);
    if (named.matches()) {
      return new Path(text, named.group(1), false, "$" + named.group(2));
    }
    return new Path(text, null, false, text);
  }

  /// The path as written.
  public String text() {
    return text;
  }

  /// Adds the variable that the path begins with.
  void referenced(Set<String> names) {
    if (variable != null) {
      names.add(variable);
    }
  }

  /// The value it leads to; a list for a path that may match many.
  ///
  /// @throws NoMatch if it leads nowhere
  @Nullable Object find(Data data) {
    Object root = root(data);
    if (steps != null) {
      Object found = walk(root, steps);
      if (found != MISSING) {
        return found;
      }
    }
    return search(root);
  }

  /// The same in a payload template, where even `$` leads nowhere if there is no input (observed).
  @Nullable Object findInTemplate(Data data) {
    if (!context && variable == null && data.input() == null) {
      throw NoMatch.inNothing();
    }
    return find(data);
  }

  /// The data that the path was applied to, as errors quote it.
  String quotedRoot(Data data) {
    return Json.write(context ? data.context() : data.input());
  }

  private @Nullable Object root(Data data) {
    if (context) {
      return data.context();
    }
    if (variable == null) {
      return data.input();
    }
    if (!data.variables().containsKey(variable)) {
      throw NoMatch.because("Variable '" + variable + "' has not been assigned");
    }
    return data.variables().get(variable);
  }

  private @Nullable Object search(@Nullable Object root) {
    if (compiled == null) {
      throw NoMatch.because(fault);
    }
    if (root == null) {
      throw NoMatch.inNothing();
    }
    if (FUNCTION.matcher(inner).find()) {
      throw NoMatch.because("No results for path: " + inner);
    }
    try {
      return compiled.read(root, PLAIN_VALUES);
    } catch (PathNotFoundException e) {
      if (!compiled.isDefinite()) {
        return new ArrayList<@Nullable Object>();
      }
      throw NoMatch.because(String.valueOf(e.getMessage()));
    } catch (JsonPathException e) {
      throw NoMatch.because(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Object walk(@Nullable Object root, List<Object> steps) {
    Object at = root;
    for (int i = 0; i < steps.size(); i++) {
      Object step = steps.get(i);
      if (step instanceof String name && at instanceof Map<?, ?> map) {
        at = map.get(name);
        if (at == null && !map.containsKey(name)) {
          return MISSING;
        }
      } else if (step instanceof Integer position && at instanceof List<?> list) {
        int index = position < 0 ? list.size() + position : position;
        if (index < 0 || index >= list.size()) {
          return MISSING;
        }
        at = list.get(index);
      } else {
        return MISSING;
      }
    }
    return at;
  }

  static List<Object> steps(String plain) {
    List<Object> steps = new ArrayList<>();
    Matcher step = STEP.matcher(plain);
    while (step.find()) {
      if (step.group(4) != null) {
        steps.add(Integer.valueOf(step.group(4)));
      } else if (step.group(3) != null) {
        steps.add(step.group(3));
      } else {
        steps.add(step.group(1) != null ? step.group(1) : step.group(2));
      }
    }
    return List.copyOf(steps);
  }

  /// Whether the path names one place: a Reference Path, into whatever it begins with.
  public boolean isReference() {
    return steps != null;
  }

  static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }

  /// Values are taken as they are.
  private static final class NoMapping implements MappingProvider {
    @Override
    public <T> @Nullable T map(
        @Nullable Object source, @Nullable Class<T> target, @Nullable Configuration configuration) {
      throw new MappingException("Values are not converted");
    }

    @Override
    public <T> @Nullable T map(
        @Nullable Object source,
        @Nullable TypeRef<T> target,
        @Nullable Configuration configuration) {
      throw new MappingException("Values are not converted");
    }
  }
}
