package dev.polder.gateway.aws;

import dev.polder.gateway.codec.Member;
import dev.polder.gateway.codec.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkPojo;

/// Finds members that the SDK's metadata marks as required and that a request leaves out.
public final class RequiredMembers {
  // Whether anything below a class is required; one entry per structure in use.
  private static final Map<Class<?>, Boolean> DEMANDING = new ConcurrentHashMap<>();

  private RequiredMembers() {}

  /// What AWS says about a request that leaves required members out; empty where it has all.
  ///
  /// `2 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must
  /// not be null; Value null at …`
  public static Optional<String> missing(SdkPojo request) {
    List<String> missing = new ArrayList<>();
    structure("", request, missing);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    var message = new StringBuilder();
    message.append(missing.size()).append(" validation error");
    message.append(missing.size() == 1 ? "" : "s").append(" detected: ");
    String each = " failed to satisfy constraint: Member must not be null";
    message.append(String.join("; ", missing.stream().map(at -> at + each).toList()));
    return Optional.of(message.toString());
  }

  private static void structure(String path, SdkPojo pojo, List<String> missing) {
    if (!isDemanding(pojo)) {
      return;
    }
    for (Member member : Shape.of(pojo).members()) {
      String at = path.isEmpty() ? camel(member) : path + "." + camel(member);
      Object value = member.present(pojo);
      if (value != null) {
        nested(at, value, missing);
      } else if (member.isRequired()) {
        missing.add("Value null at '" + at + "'");
      }
    }
  }

  private static void nested(String path, Object value, List<String> missing) {
    switch (value) {
      case SdkPojo pojo -> structure(path, pojo, missing);
      case List<?> list when !list.isEmpty() && list.getFirst() instanceof SdkPojo -> {
        for (int i = 0; i < list.size(); i++) {
          if (list.get(i) instanceof SdkPojo pojo) {
            structure(path + "." + (i + 1) + ".member", pojo, missing);
          }
        }
      }
      case Map<?, ?> map ->
          map.forEach((key, each) -> {
            if (each instanceof SdkPojo pojo) {
              structure(path + "." + key + ".member", pojo, missing);
            }
          });
      default -> {}
    }
  }

  private static String camel(Member member) {
    String name = member.modelName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static boolean isDemanding(SdkPojo pojo) {
    Boolean known = DEMANDING.get(pojo.getClass());
    if (known == null) {
      known = demands(pojo, new HashSet<>());
      DEMANDING.put(pojo.getClass(), known);
    }
    return known;
  }

  private static boolean demands(SdkPojo pojo, Set<Class<?>> seen) {
    boolean found = false;
    // A structure that was looked into before demands nothing more here.
    if (seen.add(pojo.getClass())) {
      for (Member member : Shape.of(pojo).members()) {
        found = found || member.isRequired() || demands(member, seen);
      }
    }
    return found;
  }

  private static boolean demands(Member member, Set<Class<?>> seen) {
    return switch (member.type()) {
      case SDK_POJO -> demands(member.newBuilder(), seen);
      case LIST, MAP -> demands(member.element(), seen);
      default -> false;
    };
  }
}
