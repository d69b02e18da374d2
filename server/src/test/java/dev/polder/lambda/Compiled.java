package dev.polder.lambda;

import dev.polder.kernel.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Function jars made from source within a test.
public final class Compiled {
  private Compiled() {}

  /// A jar of classes.
  ///
  /// @param sources text of one compilation unit each, by class name
  public static byte[] jar(Map<String, String> sources) {
    return zip(classes(sources));
  }

  /// A jar of one class.
  public static byte[] jar(String className, String source) {
    return jar(Map.of(className, source));
  }

  /// The class files of sources, by path.
  public static Map<String, byte[]> classes(Map<String, String> sources) {
    try {
      Path out = Files.createTempDirectory("compiled");
      try {
        compile(sources, out);
        return files(out);
      } finally {
        Folders.remove(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Map<String, String> sources, Path out) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((name, text) -> units.add(new Source(name, text)));
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
    if (!compiler.getTask(problems, null, null, options, null, units).call()) {
      throw new AssertionError(problems.toString());
    }
  }

  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /// A zip of entries; names are written as given, however wrong.
  public static byte[] zip(Map<String, byte[]> entries) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
