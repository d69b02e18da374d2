package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Digests;
import dev.polder.kernel.Scope;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// One step of a deployment on one resource.
///
/// @param generation counts the resources that this logical id has had
/// @param properties worked out
/// @param resumed true if this step may have been carried out before a crash
/// @param stopping true once this process closes
public record ResourceCall(
    Clients clients,
    Scope scope,
    String stackName,
    String stackId,
    String logicalId,
    int generation,
    Map<String, Object> properties,
    boolean resumed,
    BooleanSupplier stopping) {
  private static final Duration PAUSE = Duration.ofMillis(10);

  /// The same step with other properties.
  ResourceCall withProperties(Map<String, Object> others) {
    return new ResourceCall(
        clients, scope, stackName, stackId, logicalId, generation, others, resumed, stopping);
  }

  /// A service as the stack's account and region sees it.
  <C> C client(Class<C> type) {
    return clients.get(type, scope);
  }

  /// Waits for work of other services that goes on in this process, and so takes real time whatever
  /// the clock says.
  ///
  /// @throws StoppedException if this process closes meanwhile
  void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      if (stopping.getAsBoolean()) {
        throw new StoppedException();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /// Makes something, which is there already where this step had got so far before a crash.
  ///
  /// @param exists thrown where it is there
  void make(Class<? extends AwsServiceException> exists, Runnable creation) {
    try {
      creation.run();
    } catch (AwsServiceException e) {
      if (!resumed || !exists.isInstance(e)) {
        throw e;
      }
    }
  }

  /// Removes something that may be gone already, perhaps with what it was part of.
  ///
  /// @param gone thrown where it is
  static void remove(Class<? extends AwsServiceException> gone, Runnable removal) {
    try {
      removal.run();
    } catch (AwsServiceException e) {
      if (!gone.isInstance(e)) {
        throw e;
      }
    }
  }

  boolean has(String property) {
    return properties.containsKey(property);
  }

  /// A property as text; empty where it is not given.
  String text(String property) {
    return Values.text(properties.get(property));
  }

  /// The name that a property gives, or one made of the stack's and the resource's. The same again
  /// when the step is repeated.
  ///
  /// @param longest how long a made name may be
  String name(String property, int longest) {
    return has(property) ? text(property) : generatedName(longest);
  }

  String generatedName(int longest) {
    String suffix = "-" + digest().substring(0, 12).toUpperCase(Locale.ROOT);
    String base = stackName + "-" + logicalId;
    int room = longest - suffix.length();
    return (base.length() > room ? base.substring(0, room) : base) + suffix;
  }

  private String digest() {
    byte[] of = (stackId + "/" + logicalId + "/" + generation).getBytes(StandardCharsets.UTF_8);
    return new BigInteger(1, Digests.sha256(of)).toString(36);
  }

  /// A token under which a repeated call is the same call.
  String token() {
    return digest();
  }

  /// Properties of these names alone.
  Map<String, Object> only(Set<String> names) {
    Map<String, Object> some = new LinkedHashMap<>(properties);
    some.keySet().retainAll(names);
    return some;
  }

  /// All properties but these.
  Map<String, Object> without(String... names) {
    Map<String, Object> rest = new LinkedHashMap<>(properties);
    for (String name : names) {
      rest.remove(name);
    }
    return rest;
  }

  /// Changes tags: takes away those that are no more, then puts those that there are.
  static void retag(
      Map<String, String> old,
      Map<String, String> now,
      Consumer<List<String>> untag,
      Consumer<Map<String, String>> tag) {
    List<String> gone = old.keySet().stream().filter(key -> !now.containsKey(key)).toList();
    if (!gone.isEmpty()) {
      untag.accept(gone);
    }
    if (!now.isEmpty() && !now.equals(old)) {
      tag.accept(now);
    }
  }

  /// The property `Tags`, a list of `Key` and `Value` or an object, as a map.
  Map<String, String> tags() {
    return tags(properties);
  }

  static Map<String, String> tags(Map<String, Object> properties) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (properties.get("Tags") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> tag) {
          tags.put(Values.text(tag.get("Key")), Values.text(tag.get("Value")));
        }
      }
    } else if (properties.get("Tags") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> tags.put(String.valueOf(key), Values.text(value)));
    }
    return tags;
  }
}
