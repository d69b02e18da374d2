package dev.polder.gateway.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All services and operations that the SDK modules on the class path describe.
public final class Catalogue {
  private static final String TABLE = "operations.tsv";

  private final Map<String, ServiceModel> byInterface = new LinkedHashMap<>();
  private final Map<String, ServiceModel> bySigningName = new HashMap<>();
  private final Map<String, ServiceModel> byPackage = new HashMap<>();
  private final Map<String, Operation> byTarget = new HashMap<>();
  private final Map<String, Operation> byAction = new HashMap<>();

  private Catalogue() {}

  /// Reads the table that the build made.
  public static Catalogue load() {
    var catalogue = new Catalogue();
    try (InputStream table = Catalogue.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException("The build left out " + TABLE);
      }
      catalogue.read(new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return catalogue;
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
    return Optional.ofNullable(byTarget.get(target));
  }

  /// The Query operation of this version and action.
  public Optional<Operation> action(String version, String action) {
    return Optional.ofNullable(byAction.get(version + "|" + action));
  }

  private void read(BufferedReader table) throws IOException {
    ServiceModel service = null;
    for (String line = table.readLine(); line != null; line = table.readLine()) {
      String[] cell = line.split("\t", -1);
      switch (cell[0]) {
        case "#" -> {}
        case "service" -> {
          service = new ServiceModel(cell[1], Protocol.named(cell[2]), cell[3]);
          add(service);
        }
        case "operation" -> add(new Operation(opened(service), cell));
        case "error" ->
            opened(service).add(new ModeledError(cell[1], Integer.parseInt(cell[2]), cell[3]));
        default -> throw new IllegalStateException("Unknown line in " + TABLE + ": " + line);
      }
    }
    byInterface.values().forEach(ServiceModel::seal);
  }

  private static ServiceModel opened(@Nullable ServiceModel service) {
    if (service == null) {
      throw new IllegalStateException(TABLE + " does not begin with a service");
    }
    return service;
  }

  private void add(ServiceModel service) {
    byInterface.put(service.interfaceName(), service);
    bySigningName.putIfAbsent(service.signingName(), service);
    byPackage.put(service.packageName(), service);
  }

  private void add(Operation operation) {
    operation.service().add(operation);
    switch (operation.service().protocol()) {
      case AWS_JSON -> byTarget.put(operation.target(), operation);
      case QUERY -> byAction.put(operation.apiVersion() + "|" + operation.name(), operation);
      case REST_JSON, REST_XML -> {}
    }
  }
}
