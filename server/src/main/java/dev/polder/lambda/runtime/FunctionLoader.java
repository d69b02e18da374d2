package dev.polder.lambda.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The classes of one execution environment: the runtime interface client, then the function's own
/// jars. Sees the JDK and AWS's serialisation library, nothing of the server.
///
/// It is a [URLClassLoader] because the runtime interface client wants one. Closing it ends the
/// environment's use of its files.
final class FunctionLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  /// The server's classes of which every loader has its own.
  private static final List<String> OWN =
      List.of(FunctionSystem.class.getName(), FunctionHttp.class.getName());

  /// A jar and what may be taken from it.
  private record Part(JarFile jar, URL url, boolean runtime) {}

  private final List<Part> parts = new ArrayList<>();
  private final SystemCalls calls;

  /// @param code the function's jars, in the order in which they are searched
  /// @param parent sees no class of the server
  FunctionLoader(List<Path> code, ClassLoader parent) throws IOException {
    super(new URL[0], parent); // a name would show in every stack trace
    try {
      for (Path jar : RuntimeJars.client()) {
        add(jar, true);
      }
      for (Path jar : code) {
        add(jar, false);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
    this.calls = new SystemCalls(this::getResourceAsStream);
  }

  private void add(Path jar, boolean runtime) throws IOException {
    var file = new JarFile(jar.toFile(), true, ZipFile.OPEN_READ, Runtime.version());
    URL url = jar.toUri().toURL();
    parts.add(new Part(file, url, runtime));
    addURL(url);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      if (OWN.stream().anyMatch(name::startsWith)) {
        return own(name);
      }
      String path = name.replace('.', '/') + ".class";
      for (Part part : parts) {
        ZipEntry entry = entry(part, path);
        if (entry != null) {
          return define(name, part, entry);
        }
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new ClassNotFoundException(name, e);
    }
    throw new ClassNotFoundException(name);
  }

  private Class<?> own(String name) throws IOException, ClassNotFoundException {
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream in = FunctionSystem.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private Class<?> define(String name, Part part, ZipEntry entry) throws IOException {
    byte[] bytes;
    try (InputStream in = part.jar.getInputStream(entry)) {
      bytes = calls.redirect(in.readAllBytes());
    }
    var source = new CodeSource(part.url, (Certificate @Nullable []) null);
    return defineClass(name, bytes, 0, bytes.length, source);
  }

  private static @Nullable ZipEntry entry(Part part, String path) {
    boolean mine = !part.runtime || RuntimeJars.isRuntime(path);
    return mine ? part.jar.getJarEntry(path) : null;
  }

  @Override
  public @Nullable URL findResource(String name) {
    for (Part part : parts) {
      URL found = resource(part, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  public Enumeration<URL> findResources(String name) {
    List<URL> found = new ArrayList<>();
    for (Part part : parts) {
      URL url = resource(part, name);
      if (url != null) {
        found.add(url);
      }
    }
    return Collections.enumeration(found);
  }

  private static @Nullable URL resource(Part part, String name) {
    try {
      ZipEntry entry = entry(part, name);
      if (entry == null) {
        return null;
      }
      String path = new URI(null, null, "/" + entry.getName(), null).getRawPath();
      return URL.of(URI.create("jar:" + part.url + "!" + path), new Uncached());
    } catch (URISyntaxException | MalformedURLException e) {
      throw new UncheckedIOException(new IOException(e));
    } catch (IllegalStateException _) {
      return null; // closed
    }
  }

  /// Reads from this loader's own open jars, without going through a URL.
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    InputStream inherited = getParent().getResourceAsStream(name);
    if (inherited != null) {
      return inherited;
    }
    try {
      for (Part part : parts) {
        ZipEntry entry = entry(part, name);
        if (entry != null) {
          return part.jar.getInputStream(entry);
        }
      }
      return null;
    } catch (IOException | IllegalStateException _) {
      return null; // as ClassLoader does; closed, or damaged
    }
  }

  @Override
  public void close() throws IOException {
    for (Part part : parts) {
      part.jar.close();
    }
    super.close();
  }

  /// Opens a jar's entry without the JDK's cache of jars, which would keep the file open for ever
  /// and share it with other environments.
  private static final class Uncached extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      URLConnection connection = URI.create(url.toExternalForm()).toURL().openConnection();
      connection.setUseCaches(false);
      return connection;
    }
  }
}
