package dev.polder.gateway.catalogue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/// One operation of a service. Its classes are loaded when it is first used.
public final class Operation {

  /// Whether a body is a stream.
  public enum Kind {
    /// Both bodies are values.
    UNARY,
    /// The request's body is a stream: S3 PutObject.
    UPLOAD,
    /// The response's body is a stream: S3 GetObject.
    DOWNLOAD,
    /// Both are streams.
    DUPLEX
  }

  private final ServiceModel service;
  private final String name;
  private final String javaMethod;
  private final String httpMethod;
  private final Supplier<PathTemplate> path;
  private final String requestClass;
  private final String responseClass;
  private final Kind kind;
  private final String apiVersion;
  private final Map<Class<?>, Boolean> implemented = new ConcurrentHashMap<>();
  private volatile @Nullable Linked linked;

  /// The classes behind the names.
  private record Linked(MethodHandle newRequest, MethodHandle newResponse, MethodHandle call) {}

  Operation(ServiceModel service, String[] cell) {
    this.service = service;
    this.name = cell[1];
    this.javaMethod = cell[3];
    this.httpMethod = cell[4];
    this.path = Later.of(() -> new PathTemplate(cell[5]));
    this.requestClass = cell[6];
    this.responseClass = cell[7];
    this.kind = Kind.valueOf(cell[8]);
    this.apiVersion = cell[9];
  }

  public ServiceModel service() {
    return service;
  }

  /// Such as `StartExecution`.
  public String name() {
    return name;
  }

  /// The method of the client interface, such as `startExecution`.
  public String javaMethod() {
    return javaMethod;
  }

  public String httpMethod() {
    return httpMethod;
  }

  public PathTemplate path() {
    return path.get();
  }

  public Kind kind() {
    return kind;
  }

  /// The API's version, such as `2010-05-08`. Empty where the protocol does not carry one.
  public String apiVersion() {
    return apiVersion;
  }

  /// An empty builder of the request.
  public SdkPojo newRequest() {
    try {
      return (SdkPojo) linked().newRequest.invokeExact();
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /// An empty builder of the response.
  public SdkPojo newResponse() {
    try {
      return (SdkPojo) linked().newResponse.invokeExact();
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /// True if a client class has a method of its own for this operation and does not leave it to the
  /// interface, whose default refuses.
  public boolean isImplementedBy(Class<?> client) {
    return implemented.computeIfAbsent(client, this::declares);
  }

  private boolean declares(Class<?> client) {
    try {
      Method method = method();
      return !client
          .getMethod(javaMethod, method.getParameterTypes())
          .getDeclaringClass()
          .isInterface();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(toString(), e);
    }
  }

  /// True if this is what the client interface's own default methods throw.
  public boolean isDefaultOf(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return thrown instanceof UnsupportedOperationException
        && trace.length > 0
        && trace[0].getClassName().equals(service.interfaceName());
  }

  /// Calls a [Kind#UNARY] operation. Throws what the client throws.
  public SdkPojo call(Object client, SdkRequest request) {
    try {
      return (SdkPojo) (Object) linked().call.invokeExact(client, (Object) request);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /// Calls a [Kind#UPLOAD] operation. Throws what the client throws.
  public SdkPojo call(Object client, SdkRequest request, RequestBody body) {
    try {
      return (SdkPojo) (Object) linked().call.invokeExact(client, (Object) request, (Object) body);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /// Calls a [Kind#DOWNLOAD] operation and gives what the transformer gives. Throws what the client
  /// throws.
  @SuppressWarnings("unchecked") // The client hands the transformer's value through.
  public <A, R> R call(Object client, SdkRequest request, ResponseTransformer<A, R> transformer) {
    try {
      return (R) (Object) linked().call.invokeExact(client, (Object) request, (Object) transformer);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private Linked linked() throws ReflectiveOperationException {
    Linked known = linked;
    if (known == null) {
      known = link();
      linked = known;
    }
    return known;
  }

  private Linked link() throws ReflectiveOperationException {
    var lookup = MethodHandles.publicLookup();
    MethodHandle call = lookup.unreflect(method());
    return new Linked(
        builderOf(requestClass), builderOf(responseClass), call.asType(call.type().generic()));
  }

  /// The method of the client interface.
  public Method method() throws ReflectiveOperationException {
    Class<?> type = Class.forName(service.interfaceName());
    Class<?> request = Class.forName(requestClass);
    return switch (kind) {
      case UNARY -> type.getMethod(javaMethod, request);
      case UPLOAD -> type.getMethod(javaMethod, request, RequestBody.class);
      case DOWNLOAD -> type.getMethod(javaMethod, request, ResponseTransformer.class);
      case DUPLEX ->
          type.getMethod(javaMethod, request, RequestBody.class, ResponseTransformer.class);
    };
  }

  private static MethodHandle builderOf(String className) throws ReflectiveOperationException {
    Class<?> type = Class.forName(className);
    Class<?> builder = Class.forName(className + "$Builder");
    return MethodHandles.publicLookup()
        .findStatic(type, "builder", MethodType.methodType(builder))
        .asType(MethodType.methodType(SdkPojo.class));
  }

  private RuntimeException unchecked(Throwable e) {
    return switch (e) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      default -> new IllegalStateException(toString(), e);
    };
  }

  @Override
  public String toString() {
    return service.signingName() + ":" + name;
  }
}
