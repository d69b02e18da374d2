package dev.polder.gateway.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate and its key, by which this server proves who it is.
public final class TlsIdentity {
  private static final String ALIAS = "polder";
  // The key store's own password keeps nothing: who can read the file can read this. The file's
  // permissions do.
  private static final String PASSWORD = "polder";
  private static final int DAYS = 825;
  private static final Duration RENEWAL = Duration.ofDays(30);
  private static final int KEYTOOL_SECONDS = 60;

  private final KeyStore store;

  private TlsIdentity(KeyStore store) {
    this.store = store;
  }

  /// The identity in two PEM files, as certificate authorities hand them out.
  ///
  /// @param certificates the server's own first, then those above it
  /// @param key in PKCS #8, not encrypted: `BEGIN PRIVATE KEY`
  /// @throws IllegalStateException if the files cannot be read or are of another form
  public static TlsIdentity of(Path certificates, Path key) {
    try (InputStream in = Files.newInputStream(certificates)) {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key(key), PASSWORD.toCharArray(), chain.toArray(new Certificate[0]));
      return new TlsIdentity(store);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "Cannot read the certificate in " + certificates + " with its key: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    String begin = "-----BEGIN PRIVATE KEY-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END PRIVATE KEY-----");
    if (from < 0 || to < from) {
      throw new InvalidKeySpecException("Expected a key in PKCS #8 (BEGIN PRIVATE KEY) in " + file);
    }
    var spec =
        new PKCS8EncodedKeySpec(
            Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to)));
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // It is a key of another kind.
        continue;
      }
    }
    throw new InvalidKeySpecException("Expected an EC or RSA key in " + file);
  }

  /// An identity of this machine's own, signed by itself; made at first use and before it expires.
  /// Beside the key store, which only the user may read, is `certificate.pem` for clients to trust.
  ///
  /// @param directory to keep it in
  /// @param host a name beside `localhost` that clients call it by
  /// @throws IllegalStateException if it cannot be made or read
  public static TlsIdentity selfSigned(Path directory, String host, InstantSource time) {
    Path file = directory.resolve("polder.p12");
    try {
      Instant wanted = time.instant().plus(RENEWAL);
      if (!Files.exists(file) || expires(read(file)).isBefore(wanted)) {
        Files.createDirectories(directory);
        make(file, host);
      }
      KeyStore store = read(file);
      Files.writeString(directory.resolve("certificate.pem"), pem(store));
      return new TlsIdentity(store);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Cannot make a certificate in " + directory, e);
    }
  }

  private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD.toCharArray());
    return store;
  }

  private static Instant expires(KeyStore store) throws GeneralSecurityException {
    Date end = ((X509Certificate) store.getCertificate(ALIAS)).getNotAfter();
    return end.toInstant();
  }

  /// Has the JDK's own tool make it: the JDK has no public API that signs a certificate.
  private static void make(Path file, String host) throws IOException {
    // A directory that only this user can enter: keytool does not ask who may read what it writes.
    Path made = Files.createTempDirectory(file.toAbsolutePath().getParent(), "new").resolve("key");
    keytool(
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=localhost, O=Polder",
        "-ext",
        "SAN=" + names(host),
        "-validity",
        Integer.toString(DAYS),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        made.toString());
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(made.getParent());
  }

  private static void keytool(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while keytool ran", e);
    }
  }

  private static String names(String host) {
    String own = "dns:localhost,dns:*.localhost,ip:127.0.0.1,ip:::1";
    if (host.equals("localhost") || host.equals("127.0.0.1") || host.contains(":")) {
      return own;
    }
    return own + (isAddress(host) ? ",ip:" : ",dns:") + host;
  }

  private static boolean isAddress(String host) {
    try {
      return host.matches("[0-9.]+") && InetAddress.getByName(host) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String pem(KeyStore store) throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(store.getCertificate(ALIAS).getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  /// What a server's port needs to speak TLS as this identity.
  public SSLContext context() {
    try {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The certificate cannot be used", e);
    }
  }
}
