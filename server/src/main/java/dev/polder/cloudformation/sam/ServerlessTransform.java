package dev.polder.cloudformation.sam;

import dev.polder.cloudformation.template.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Applies the transforms that a template asks for.
public final class ServerlessTransform {
  /// How templates ask for it.
  public static final String NAME = "AWS::Serverless-2016-10-31";

  private ServerlessTransform() {}

  /// True if the template asks for the serverless transform.
  ///
  /// @throws TemplateException if it asks for another one
  public static boolean isAskedFor(Map<String, Object> template) {
    Object asked = template.get("Transform");
    List<?> names =
        asked instanceof List<?> list ? list : asked == null ? List.of() : List.of(asked);
    for (Object name : names) {
      if (!NAME.equals(name)) {
        throw new TemplateException("No transform named " + name + " found.");
      }
    }
    return !names.isEmpty();
  }

  /// The template with every serverless resource replaced by what it stands for; unchanged where it
  /// asks for no transform.
  ///
  /// @throws TemplateException naming the resource that cannot be transformed
  public static Map<String, Object> apply(Map<String, Object> template) {
    if (!isAskedFor(template)) {
      return template;
    }
    Map<String, Object> after = new LinkedHashMap<>(template);
    after.remove("Transform");
    after.remove("Globals");
    Globals globals = Globals.of(template.get("Globals"));
    Map<String, Object> resources = new LinkedHashMap<>();
    if (template.get("Resources") instanceof Map<?, ?> map) {
      map.forEach((id, resource) -> put(resources, String.valueOf(id), resource, globals));
    }
    after.put("Resources", resources);
    return after;
  }

  private static void put(
      Map<String, Object> resources, String id, @Nullable Object resource, Globals globals) {
    String type = resource instanceof Map<?, ?> map && map.get("Type") instanceof String t ? t : "";
    Map<String, Object> made =
        switch (type) {
          case "AWS::Serverless::Function" -> {
            var source = ServerlessResource.of(id, resource);
            yield new ServerlessFunction(source.with(globals.function(source.properties())))
                .resources();
          }
          case "AWS::Serverless::SimpleTable" -> {
            var source = ServerlessResource.of(id, resource);
            yield new ServerlessSimpleTable(source.with(globals.table(source.properties())))
                .resources();
          }
          case "AWS::Serverless::StateMachine" ->
              new ServerlessStateMachine(ServerlessResource.of(id, resource)).resources();
          default -> {
            Map<String, Object> same = new LinkedHashMap<>();
            same.put(id, resource == null ? Map.of() : resource);
            yield same;
          }
        };
    made.forEach((name, value) -> {
      if (resources.put(name, value) != null) {
        throw invalid(id, "it would make the resource " + name + ", which is there already");
      }
    });
  }

  static TemplateException invalid(String id, String why) {
    return new TemplateException(
        "Transform "
            + NAME
            + " failed with: Invalid Serverless Application Specification document. Number of"
            + " errors found: 1. Resource with id ["
            + id
            + "] is invalid. "
            + why);
  }

  /// What all functions, and all simple tables, of a template have in common.
  private record Globals(Map<String, Object> functions, Map<String, Object> tables) {

    static Globals of(@Nullable Object section) {
      Map<?, ?> all = section instanceof Map<?, ?> map ? map : Map.of();
      return new Globals(members(all.get("Function")), members(all.get("SimpleTable")));
    }

    private static Map<String, Object> members(@Nullable Object section) {
      Map<String, Object> members = new LinkedHashMap<>();
      if (section instanceof Map<?, ?> map) {
        map.forEach((name, value) -> members.put(String.valueOf(name), value));
      }
      return members;
    }

    Map<String, Object> table(Map<String, Object> own) {
      return merged(tables, own);
    }

    Map<String, Object> function(Map<String, Object> own) {
      return merged(functions, own);
    }

    /// Objects are merged, lists joined, everything else overridden.
    /// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
    private static Map<String, Object> merged(Map<?, ?> global, Map<?, ?> own) {
      Map<String, Object> both = new LinkedHashMap<>();
      global.forEach((name, value) -> both.put(String.valueOf(name), value));
      own.forEach((name, value) -> both.merge(String.valueOf(name), value, Globals::mergedValue));
      return both;
    }

    private static Object mergedValue(Object global, Object own) {
      if (global instanceof Map<?, ?> g && own instanceof Map<?, ?> o && !isCall(g) && !isCall(o)) {
        return merged(g, o);
      }
      if (global instanceof List<?> g && own instanceof List<?> o) {
        List<Object> both = new ArrayList<>(g);
        both.addAll(o);
        return both;
      }
      return own;
    }

    private static boolean isCall(Map<?, ?> map) {
      return map.size() == 1
          && map.keySet().iterator().next() instanceof String name
          && (name.equals("Ref") || name.startsWith("Fn::"));
    }
  }
}
