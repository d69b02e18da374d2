package dev.polder.lambda.runtime;

import dev.polder.kernel.LocalHttp;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// What the classes of a function get in place of `java.lang.System`, the system's clocks and
/// `Runtime.exit`.
///
/// Every class loader of a function defines its own copy of this class, so its static state belongs
/// to one execution environment; [SystemCalls] redirects the calls. It must therefore depend on
/// nothing but the JDK and [LocalHttp], and is public only because functions call it.
public final class FunctionSystem {
  private static Map<String, String> environment = Map.of();
  private static Properties properties = new Properties();
  private static PrintStream out = System.out;
  private static PrintStream err = System.err;
  private static InstantSource time = InstantSource.fixed(Instant.EPOCH);
  private static IntConsumer exit = _ -> {};
  private static LocalHttp server = LocalHttp.NONE;

  private FunctionSystem() {}

  /// Sets this copy up; called once, before any class of the function is initialised.
  ///
  /// @param exited told the status when the function asks to end its process
  /// @param local the server around it
  public static void open(
      Map<String, String> variables,
      PrintStream output,
      InstantSource clock,
      IntConsumer exited,
      LocalHttp local) {
    environment = variables;
    properties = new Properties();
    properties.putAll(System.getProperties());
    out = output;
    err = output;
    time = clock;
    exit = exited;
    server = local;
  }

  static LocalHttp server() {
    return server;
  }

  public static @Nullable String getenv(String name) {
    return environment.get(name);
  }

  public static Map<String, String> getenv() {
    return environment;
  }

  public static @Nullable String getProperty(String name) {
    return properties.getProperty(name);
  }

  public static @Nullable String getProperty(String name, @Nullable String otherwise) {
    String value = properties.getProperty(name);
    return value == null ? otherwise : value;
  }

  public static @Nullable String setProperty(String name, String value) {
    return (String) properties.setProperty(name, value);
  }

  public static @Nullable String clearProperty(String name) {
    return (String) properties.remove(name);
  }

  public static Properties getProperties() {
    return properties;
  }

  public static PrintStream out() {
    return out;
  }

  public static PrintStream err() {
    return err;
  }

  public static void setOut(PrintStream stream) {
    out = stream;
  }

  public static void setErr(PrintStream stream) {
    err = stream;
  }

  public static long currentTimeMillis() {
    return time.millis();
  }

  public static Instant now() {
    return time.instant();
  }

  public static Clock systemUTC() {
    return time.withZone(ZoneOffset.UTC);
  }

  public static Clock systemDefaultZone() {
    return time.withZone(ZoneId.systemDefault());
  }

  public static Clock system(ZoneId zone) {
    return time.withZone(zone);
  }

  /// Ends the environment instead of the server.
  public static void exit(int status) {
    exit.accept(status);
    throw new ThreadDeathOfFunction(status);
  }

  public static void exit(Runtime runtime, int status) {
    exit(status);
  }

  public static void halt(Runtime runtime, int status) {
    exit(status);
  }

  /// Stands for `Throwable.printStackTrace()`, which writes to the server's standard error.
  /// `receiver` may be of any class that has a method of that name.
  public static void printStackTrace(Object receiver) throws ReflectiveOperationException {
    if (receiver instanceof Throwable thrown) {
      thrown.printStackTrace(err);
    } else {
      receiver.getClass().getMethod("printStackTrace").invoke(receiver);
    }
  }

  /// Unwinds a thread that called `System.exit`.
  static final class ThreadDeathOfFunction extends Error {
    private static final long serialVersionUID = 1L;

    ThreadDeathOfFunction(int status) {
      super("exit status " + status, null, false, false);
    }
  }
}
