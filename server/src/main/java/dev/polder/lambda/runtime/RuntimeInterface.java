package dev.polder.lambda.runtime;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// AWS's runtime interface client inside a function's class loader, reached by reflection: it finds
/// the handler, makes the context and turns JSON into arguments and results into JSON. Its own
/// polling loop and native part are not used; what they do around a call is done here.
final class RuntimeInterface {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";
  private static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";
  private static final String LOGGING = "com.amazonaws.services.lambda.runtime.logging.";

  private final FunctionLoader loader;
  private final PrintStream output;
  private final Constructor<?> request;
  private final Method call;
  private final Method setProperty;
  private @Nullable Object handler;

  /// Prepares the loader's copy of the runtime; runs nothing of the function yet.
  RuntimeInterface(
      FunctionLoader loader,
      FunctionSpec spec,
      PrintStream output,
      InstantSource time,
      IntConsumer exited)
      throws ReflectiveOperationException {
    this.loader = loader;
    this.output = output;
    Class<?> system = loader.loadClass(FunctionSystem.class.getName());
    for (Method method : system.getMethods()) {
      if (method.getName().equals("open")) {
        method.invoke(null, spec.variables(), output, time, exited, spec.server());
      }
    }
    // The client asks this field, which its main method sets, for the classes of the function.
    Field customer = type("AWSLambda").getDeclaredField("customerClassLoader");
    customer.setAccessible(true);
    customer.set(null, loader);
    installLogger();
    this.setProperty = system.getMethod("setProperty", String.class, String.class);
    this.request = type("runtimeapi.dto.InvocationRequest").getConstructor();
    this.call = type("LambdaRequestHandler").getMethod("call", request.getDeclaringClass());
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return loader.loadClass(CLIENT + name);
  }

  /// Gives `context.getLogger()` the client's own logger, each message of which is a line.
  private void installLogger() throws ReflectiveOperationException {
    Class<?> sinkType = type("logging.LogSink");
    Object sink =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {sinkType},
            (_, method, arguments) -> {
              if (method.getName().equals("log")) {
                line((byte[]) arguments[arguments.length - 1]);
              }
              return null;
            });
    Class<?> level = loader.loadClass(LOGGING + "LogLevel");
    Class<?> format = loader.loadClass(LOGGING + "LogFormat");
    Class<?> environment = type("LambdaEnvironment");
    Object logger =
        type("logging.LambdaContextLogger")
            .getConstructor(sinkType, level, format)
            .newInstance(
                sink,
                parsed(level, environment.getField("LAMBDA_LOG_LEVEL")),
                parsed(format, environment.getField("LAMBDA_LOG_FORMAT")));
    Field present =
        loader
            .loadClass("com.amazonaws.services.lambda.runtime.LambdaRuntime")
            .getDeclaredField("logger");
    present.setAccessible(true);
    present.set(null, logger);
  }

  private static Object parsed(Class<?> type, Field text) throws ReflectiveOperationException {
    return type.getMethod("fromString", String.class).invoke(null, text.get(null));
  }

  private void line(byte[] message) {
    boolean ended = message.length > 0 && message[message.length - 1] == '\n';
    byte[] line = ended ? message : Arrays.copyOf(message, message.length + 1);
    line[line.length - 1] = '\n';
    output.write(line, 0, line.length);
  }

  /// Loads and constructs the handler.
  ///
  /// @return the error payload if that failed
  byte @Nullable [] init(String name) throws ReflectiveOperationException {
    Method find =
        type("AWSLambda").getDeclaredMethod("findRequestHandler", String.class, ClassLoader.class);
    find.setAccessible(true);
    try {
      Object found = find.invoke(null, name, loader);
      Class<?> faulty = type("LambdaRequestHandler$UserFaultHandler");
      if (faulty.isInstance(found)) {
        return fault(faulty.getField("fault").get(found));
      }
      handler = found;
      return null;
    } catch (InvocationTargetException e) {
      return thrown(Objects.requireNonNull(e.getCause()));
    }
  }

  /// Calls the handler and answers its JSON.
  ///
  /// @throws InvocationTargetException with what the handler threw
  byte[] invoke(Invocation invocation, long deadlineMillis) throws ReflectiveOperationException {
    Object made = request.newInstance();
    set(made, "setId", String.class, invocation.requestId());
    set(made, "setInvokedFunctionArn", String.class, invocation.functionArn());
    set(made, "setContent", byte[].class, invocation.payload());
    set(made, "setDeadlineTimeInMs", long.class, deadlineMillis);
    set(made, "setXrayTraceId", String.class, invocation.trace());
    // Its main method sets this before each call; from here the SDKs send it along.
    setProperty.invoke(null, TRACE_PROPERTY, invocation.trace());
    if (!invocation.clientContext().isEmpty()) {
      set(made, "setClientContext", String.class, invocation.clientContext());
    }
    return ((ByteArrayOutputStream) call.invoke(handler, made)).toByteArray();
  }

  private void set(Object made, String setter, Class<?> type, Object value)
      throws ReflectiveOperationException {
    request.getDeclaringClass().getMethod(setter, type).invoke(made, value);
  }

  /// The error payload for what a handler threw; its trace also goes to the log.
  byte[] thrown(Throwable thrown) throws ReflectiveOperationException {
    Class<?> fault = type("UserFault");
    if (fault.isInstance(thrown)) {
      return fault(thrown);
    }
    fault.getMethod("filterStackTrace", Throwable.class).invoke(null, thrown);
    Object made = fault.getMethod("makeUserFault", Throwable.class).invoke(null, thrown);
    report(made);
    return serialized("fromThrowable", Throwable.class, thrown);
  }

  private byte[] fault(Object fault) throws ReflectiveOperationException {
    report(fault);
    return serialized("fromUserFault", type("UserFault"), fault);
  }

  private void report(Object fault) throws ReflectiveOperationException {
    Object text = type("UserFault").getMethod("reportableError").invoke(fault);
    line(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
  }

  private byte[] serialized(String converter, Class<?> from, Object cause)
      throws ReflectiveOperationException {
    Object error =
        type("runtimeapi.converters.LambdaErrorConverter")
            .getMethod(converter, from)
            .invoke(null, cause);
    return (byte[])
        type("runtimeapi.DtoSerializers")
            .getMethod("serialize", type("runtimeapi.dto.ErrorRequest"))
            .invoke(null, error);
  }
}
