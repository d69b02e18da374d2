package dev.polder.conformance;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Jars of functions, compiled from source within a test.
final class FunctionJar {
  /// Answers what it is given.
  static final String ECHO =
      """
      package fn;
      public class Echo {
        public Object handle(Object in) {
          return in;
        }
      }
      """;

  // What the SDK's client of Glue needs at run time.
  private static final Pattern SDK =
      Pattern.compile(
          ".*/(software/amazon/(awssdk|eventstream)|org/slf4j/slf4j-api|org/reactivestreams)/.*\\.jar");
  private static final Pattern NOT_NEEDED =
      Pattern.compile(
          ".*/awssdk/(athena|cloudformation|lambda|s3|scheduler|sfn|sts|netty.*|apache.*)/.*");

  private FunctionJar() {}

  /// A jar of one class.
  static byte[] of(String name, String source) {
    return zip(name, source, List.of());
  }

  /// The same, with the SDK's client of Glue in its `lib` folder, as a build tool would pack it.
  static byte[] withSdk(String name, String source) {
    List<Path> libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(SDK.asMatchPredicate())
            .filter(NOT_NEEDED.asMatchPredicate().negate())
            .map(Path::of)
            .toList();
    return zip(name, source, libraries);
  }

  private static byte[] zip(String name, String source, List<Path> libraries) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.setLevel(1);
      Path out = Files.createTempDirectory("function");
      compile(name, source, out);
      try (Stream<Path> files = Files.walk(out)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          add(zip, out.relativize(file).toString(), file);
        }
      }
      for (Path library : libraries) {
        add(zip, "lib/" + library.getFileName(), library);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Files.copy(file, zip);
    zip.closeEntry();
  }

  private static void compile(String name, String source, Path out) {
    var unit =
        new SimpleJavaFileObject(
            URI.create("string:///" + name.replace('.', '/') + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    var problems = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            out.toString(),
            "--release",
            "17",
            "-nowarn",
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"));
    var task =
        ToolProvider.getSystemJavaCompiler()
            .getTask(problems, null, null, options, null, List.of(unit));
    if (!task.call()) {
      throw new IllegalStateException(problems.toString());
    }
  }
}
