package dev.polder.config;

import dev.polder.kernel.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The log: one line a record on standard error, as text or as a JSON object.
public final class LogLines extends Formatter {
  private final boolean json;

  private LogLines(boolean json) {
    this.json = json;
  }

  /// Replaces whatever logging the JDK set up.
  public static void install(Config config) {
    LogManager.getLogManager().reset();
    Level level =
        switch (config.logLevel()) {
          case ERROR -> Level.SEVERE;
          case WARNING -> Level.WARNING;
          case DEBUG, TRACE, ALL -> Level.FINE;
          case INFO, OFF -> Level.INFO;
        };
    var handler = new ConsoleHandler();
    handler.setLevel(level);
    handler.setFormatter(new LogLines(config.logsJson()));
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    root.setLevel(Level.INFO);
    Logger.getLogger("dev.polder").setLevel(level);
    // The libraries' own announcements are not ours to make.
    Logger.getLogger("io.helidon").setLevel(Level.WARNING);
  }

  @Override
  public String format(LogRecord entry) {
    Instant time = entry.getInstant().truncatedTo(ChronoUnit.MILLIS);
    return json ? object(time, entry) : text(time, entry);
  }

  private String text(Instant time, LogRecord entry) {
    return time
        + " "
        + name(entry)
        + " "
        + source(entry)
        + ": "
        + formatMessage(entry)
        + (entry.getThrown() == null ? "" : "\n" + trace(entry.getThrown()).stripTrailing())
        + "\n";
  }

  private String object(Instant time, LogRecord entry) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", time.toString());
    line.put("level", name(entry));
    line.put("source", source(entry));
    line.put("message", formatMessage(entry));
    if (entry.getThrown() != null) {
      line.put("trace", trace(entry.getThrown()));
    }
    return Json.write(line) + "\n";
  }

  private static String name(LogRecord entry) {
    int level = entry.getLevel().intValue();
    if (level >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (level >= Level.WARNING.intValue()) {
      return "warn";
    }
    return level >= Level.INFO.intValue() ? "info" : "debug";
  }

  private static String source(LogRecord entry) {
    String name = entry.getLoggerName();
    return name == null ? "?" : name.substring(name.lastIndexOf('.') + 1);
  }

  private static String trace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
