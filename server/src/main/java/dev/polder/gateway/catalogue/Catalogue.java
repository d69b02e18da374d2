package dev.polder.gateway.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// All services and operations that the SDK modules on the class path describe.
public final class Catalogue {
  private static final String TABLE = "operations.tsv";

  private static final String SERVICE = "service\t";

  private final Map<String, ServiceModel> byInterface = new LinkedHashMap<>();
  private final Map<String, ServiceModel> bySigningName = new HashMap<>();
  private final Map<String, ServiceModel> byPackage = new HashMap<>();
  private final Map<String, ServiceModel> byTargetPrefix = new HashMap<>();

  private Catalogue() {}

  /// The table as it was read once for the process.
  private static final class Loaded {
    private static final Catalogue CATALOGUE = read();
  }

  /// The table that the build made. Of each service only the head is read, until it is used.
  public static Catalogue load() {
    return Loaded.CATALOGUE;
  }

  private static Catalogue read() {
    var catalogue = new Catalogue();
    String table = text();
    int at = table.indexOf("\n" + SERVICE) + 1;
    while (at > 0) {
      int next = table.indexOf("\n" + SERVICE, at) + 1;
      catalogue.add(new ServiceModel(table.substring(at, next > 0 ? next : table.length())));
      at = next;
    }
    return catalogue;
  }

  private static String text() {
    try (InputStream table = Catalogue.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException("The build left out " + TABLE);
      }
      return new String(table.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The service of this name in credential scopes.
  public Optional<ServiceModel> signedAs(String signingName) {
    return Optional.ofNullable(bySigningName.get(signingName));
  }

  /// The service of this SDK package, such as `sfn`.
  public Optional<ServiceModel> packaged(String packageName) {
    return Optional.ofNullable(byPackage.get(packageName));
  }

  /// The service of this client interface.
  ///
  /// @throws IllegalArgumentException if the catalogue has no such interface
  public ServiceModel of(Class<?> clientInterface) {
    ServiceModel service = byInterface.get(clientInterface.getName());
    if (service == null) {
      throw new IllegalArgumentException("No AWS client interface: " + clientInterface.getName());
    }
    return service;
  }

  public Collection<ServiceModel> services() {
    return Collections.unmodifiableCollection(byInterface.values());
  }

  /// The AWS JSON operation of this `X-Amz-Target`.
  public Optional<Operation> target(String target) {
    return targeted(target)
        .flatMap(service -> service.operation(target.substring(target.lastIndexOf('.') + 1)));
  }

  /// The AWS JSON service that an `X-Amz-Target` names, be there such an operation or not.
  public Optional<ServiceModel> targeted(String target) {
    int dot = target.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.ofNullable(byTargetPrefix.get(target.substring(0, dot)));
  }

  /// The Query operation of this version and action, among all services.
  public Optional<Operation> action(String version, String action) {
    return services().stream()
        .filter(service -> service.protocol() == Protocol.QUERY)
        .flatMap(service -> service.action(version, action).stream())
        .findFirst();
  }

  private void add(ServiceModel service) {
    byInterface.put(service.interfaceName(), service);
    bySigningName.putIfAbsent(service.signingName(), service);
    byPackage.put(service.packageName(), service);
    if (!service.targetPrefix().isEmpty()) {
      byTargetPrefix.put(service.targetPrefix(), service);
    }
  }
}
