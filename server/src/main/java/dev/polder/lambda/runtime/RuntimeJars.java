package dev.polder.lambda.runtime;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The jars of AWS's Lambda runtime for Java, as they stand on this server's own class path.
final class RuntimeJars {
  private static final String BASE = "com.amazonaws.services.lambda.";
  private static final Set<Path> CLIENT =
      List.of(
              BASE + "runtime.Context",
              BASE + "runtime.api.client.EventHandlerLoader",
              "software.amazon.awssdk.utilslite.SdkInternalThreadLocal")
          .stream()
          .map(RuntimeJars::jarOf)
          .collect(Collectors.toUnmodifiableSet());

  private static final Path SERIALIZATION = jarOf(BASE + "runtime.serialization.PojoSerializer");

  private RuntimeJars() {}

  /// The runtime interface client and what it needs besides [#serialization()].
  static Set<Path> client() {
    return CLIENT;
  }

  /// AWS's serialisation library. Keeps no state per function but caches of their classes.
  static Path serialization() {
    return SERIALIZATION;
  }

  /// True for what functions may take from these jars. Matters where a jar holds more than AWS's
  /// classes, as one that was shaded does.
  static boolean isRuntime(String path) {
    return path.startsWith("com/amazonaws/services/lambda/")
        || path.startsWith("com/amazonaws/lambda/thirdparty/")
        || path.startsWith("software/amazon/awssdk/utilslite/");
  }

  private static Path jarOf(String type) {
    try {
      Class<?> found = Class.forName(type, false, RuntimeJars.class.getClassLoader());
      URL location = found.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(location.toURI());
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException("The Lambda runtime is not on the class path: " + type, e);
    }
  }
}
