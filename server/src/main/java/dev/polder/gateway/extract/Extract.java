package dev.polder.gateway.extract;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkProtocolMetadata;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.protocols.core.ExceptionMetadata;
import software.amazon.awssdk.protocols.core.OperationInfo;

/// Writes a line for every service, operation and modelled error that the SDK's jars on the class
/// path describe.
///
/// The jars hold no model files, but their generated code holds what a server needs: each request's
/// marshaller its HTTP binding, each client its protocol and its errors. Reading that takes
/// reflection on what is not public, which is why it happens in the build and not in the server.
public final class Extract {
  private static final Pattern CLIENT =
      Pattern.compile(
          "(software/amazon/awssdk/services/[a-z0-9]+(?:/[a-z0-9]+)?)/Default(\\w+)Client\\.class");
  private static final String FORMAT = "3";

  private Extract() {}

  /// Makes the table, unless the one in place was made from the same jars.
  ///
  /// @param arguments the file to write
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    List<String> jars = jars();
    String head =
        "#\t" + FORMAT + "\t" + String.join(",", jars.stream().map(Extract::name).toList());
    if (Files.exists(file) && head.equals(firstLine(file))) {
      return;
    }
    List<String> lines = new ArrayList<>(List.of(head));
    for (String client : clients(jars)) {
      service(client, lines);
    }
    Files.createDirectories(file.getParent());
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.write(aside, lines);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String firstLine(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    }
  }

  private static String name(String jar) {
    return jar.substring(jar.lastIndexOf(File.separatorChar) + 1);
  }

  private static List<String> jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.contains("awssdk") && entry.endsWith(".jar"))
        .sorted()
        .toList();
  }

  /// Client interfaces by name, in the order of their names.
  private static TreeSet<String> clients(List<String> jars) throws IOException {
    var clients = new TreeSet<String>();
    for (String jar : jars) {
      try (var file = new JarFile(jar)) {
        for (var entries = file.entries(); entries.hasMoreElements(); ) {
          Matcher client = CLIENT.matcher(entries.nextElement().getName());
          if (client.matches() && !client.group(2).endsWith("Async")) {
            clients.add(client.group(1).replace('/', '.') + "." + client.group(2) + "Client");
          }
        }
      }
    }
    return clients;
  }

  private static void service(String clientInterface, List<String> lines) throws Exception {
    Class<?> type = Class.forName(clientInterface);
    String packageName = type.getPackageName();
    Class<?> client = Class.forName(packageName + ".Default" + type.getSimpleName());
    var metadata = (SdkProtocolMetadata) read(client, "protocolMetadata");
    String signingName = (String) type.getField("SERVICE_NAME").get(null);
    var operations = new TreeMap<String, String>();
    var prefixes = new TreeSet<String>();
    var exceptions = new TreeSet<String>();
    for (Method method : type.getMethods()) {
      String kind = kind(method);
      if (kind != null) {
        operation(method, kind, operations, prefixes);
        baseExceptions(method, exceptions);
      }
    }
    if (exceptions.size() != 1) {
      throw new IllegalStateException(signingName + " has no one base exception: " + exceptions);
    }
    if (prefixes.size() > 1) {
      throw new IllegalStateException(signingName + " has several targets: " + prefixes);
    }
    lines.add(
        line(
            "service",
            signingName,
            metadata.serviceProtocol(),
            clientInterface,
            prefixes.isEmpty() ? "" : prefixes.first(),
            exceptions.first()));
    lines.addAll(operations.values());
    for (var error : Errors.of(type, client)) {
      lines.add(error(error));
    }
  }

  private static String error(ExceptionMetadata error) {
    String builder = error.exceptionBuilderSupplier().get().getClass().getName();
    Integer status = error.httpStatusCode();
    return line(
        "error",
        error.errorCode(),
        Integer.toString(status == null ? 400 : status),
        builder.substring(0, builder.lastIndexOf('$')));
  }

  /// The exception of which all others of the service are kinds, which each method declares. Its
  /// name does not follow from the client's where two clients share their models.
  private static void baseExceptions(Method method, TreeSet<String> exceptions) {
    for (Class<?> declared : method.getExceptionTypes()) {
      if (declared.getSuperclass() == AwsServiceException.class) {
        exceptions.add(declared.getName());
      }
    }
  }

  private static String line(String... cells) {
    return String.join("\t", cells);
  }

  private static Object read(Class<?> type, String constant) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(constant);
    field.setAccessible(true);
    return field.get(null);
  }

  /// What a method of a client interface is; null where it is a convenience and not an operation.
  private static @Nullable String kind(Method method) {
    Class<?>[] takes = method.getParameterTypes();
    if (Modifier.isStatic(method.getModifiers())
        || takes.length == 0
        || !SdkRequest.class.isAssignableFrom(takes[0])) {
      return null;
    }
    boolean answers = SdkResponse.class.isAssignableFrom(method.getReturnType());
    String second = takes.length > 1 ? takes[1].getSimpleName() : "";
    return switch (second) {
      case "" -> answers ? "UNARY" : null;
      case "RequestBody" -> takes.length == 2 ? "UPLOAD" : "DUPLEX";
      case "ResponseTransformer" -> "DOWNLOAD";
      default -> null;
    };
  }

  private static void operation(
      Method method, String kind, TreeMap<String, String> lines, TreeSet<String> prefixes)
      throws ReflectiveOperationException {
    Class<?> request = method.getParameterTypes()[0];
    String packageName = method.getDeclaringClass().getPackageName();
    String models = request.getPackageName();
    String base = request.getSimpleName().substring(0, request.getSimpleName().length() - 7);
    Class<?> marshaller;
    try {
      marshaller = Class.forName(packageName + ".transform." + base + "RequestMarshaller");
    } catch (ClassNotFoundException e) {
      // Methods that no wire operation stands behind, of which a few modules have one.
      return;
    }
    var binding = (OperationInfo) read(marshaller, "SDK_OPERATION_BINDING");
    String target = binding.operationIdentifier() == null ? "" : binding.operationIdentifier();
    String name = target.isEmpty() ? base : target.substring(target.lastIndexOf('.') + 1);
    if (target.contains(".")) {
      prefixes.add(target.substring(0, target.lastIndexOf('.')));
    }
    Class<?> response = Class.forName(models + "." + base + "Response");
    if (!AwsResponse.class.isAssignableFrom(response)) {
      throw new IllegalStateException(response + " is not a response");
    }
    lines.put(
        name,
        line(
            "operation",
            name,
            target,
            method.getName(),
            binding.httpMethod().name(),
            binding.requestUri() == null ? "/" : binding.requestUri(),
            request.getName(),
            response.getName(),
            kind,
            binding.apiVersion() == null ? "" : binding.apiVersion()));
  }
}
