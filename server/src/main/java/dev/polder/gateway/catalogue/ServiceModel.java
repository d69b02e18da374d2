package dev.polder.gateway.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// A service as the SDK describes it.
public final class ServiceModel {
  private static final String SERVICES = "software.amazon.awssdk.services.";

  private final String signingName;
  private final String packageName;
  private final Protocol protocol;
  private final String interfaceName;
  private final String targetPrefix;
  private final String exceptionName;
  private final Supplier<Details> details;

  /// What is read when it is first asked for.
  private static final class Details {
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, Operation> byJavaMethod = new HashMap<>();
    private final Map<String, ModeledError> errors = new LinkedHashMap<>();
    private final Map<String, List<Operation>> byMethod = new HashMap<>();

    void add(Operation operation) {
      operations.put(operation.name(), operation);
      byJavaMethod.put(operation.javaMethod(), operation);
      byMethod.computeIfAbsent(operation.httpMethod(), _ -> new ArrayList<>()).add(operation);
    }
  }

  /// @param section the service's lines of the table, its own first
  ServiceModel(String section) {
    int end = section.indexOf('\n');
    String[] cell = section.substring(0, end).split("\t", -1);
    this.signingName = cell[1];
    this.protocol = Protocol.named(cell[2]);
    this.interfaceName = cell[3];
    this.targetPrefix = cell[4];
    this.exceptionName = cell[5];
    String within = interfaceName.substring(0, interfaceName.lastIndexOf('.'));
    this.packageName = within.substring(SERVICES.length()).replace(".", "");
    this.details = Later.of(() -> details(section.substring(end + 1)));
  }

  private Details details(String lines) {
    var read = new Details();
    for (String line : lines.split("\n")) {
      String[] cell = line.split("\t", -1);
      switch (cell[0]) {
        case "operation" -> read.add(new Operation(this, cell));
        case "error" ->
            read.errors.put(cell[3], new ModeledError(cell[1], Integer.parseInt(cell[2]), cell[3]));
        default -> throw new IllegalStateException("Unknown line in the table: " + line);
      }
    }
    if (protocol == Protocol.REST_JSON || protocol == Protocol.REST_XML) {
      read.byMethod.values().forEach(list -> list.sort(Comparator.comparing(Operation::path)));
    }
    return read;
  }

  /// The name in credential scopes, such as `states`.
  public String signingName() {
    return signingName;
  }

  /// The SDK's package, which is also the name in Step Functions' `aws-sdk` resources: `sfn`,
  /// `dynamodbstreams`.
  public String packageName() {
    return packageName;
  }

  /// The SDK's name, which begins error names in Step Functions: `Sfn`, `DynamoDb`.
  public String sdkName() {
    String simple = interfaceName.substring(interfaceName.lastIndexOf('.') + 1);
    return simple.substring(0, simple.length() - "Client".length());
  }

  public Protocol protocol() {
    return protocol;
  }

  /// What stands before the operation's name in `X-Amz-Target`; empty in other protocols.
  String targetPrefix() {
    return targetPrefix;
  }

  /// The Query operation of this version and action.
  public Optional<Operation> action(String version, String action) {
    return operation(action).filter(found -> found.apiVersion().equals(version));
  }

  /// The class name of the SDK's client interface.
  public String interfaceName() {
    return interfaceName;
  }

  /// The operation of this name, such as `StartExecution`.
  public Optional<Operation> operation(String name) {
    return Optional.ofNullable(details.get().operations.get(name));
  }

  /// The operation of this method of the client interface, such as `startExecution`.
  public Optional<Operation> called(String javaMethod) {
    return Optional.ofNullable(details.get().byJavaMethod.get(javaMethod));
  }

  public Collection<Operation> operations() {
    return Collections.unmodifiableCollection(details.get().operations.values());
  }

  /// The operations of REST bindings with this HTTP method, the more particular paths first.
  public List<Operation> operationsOf(String httpMethod) {
    return details.get().byMethod.getOrDefault(httpMethod, List.of());
  }

  /// What the model says about an exception class.
  public Optional<ModeledError> error(Class<?> exception) {
    return Optional.ofNullable(details.get().errors.get(exception.getName()));
  }

  public Collection<ModeledError> errors() {
    return Collections.unmodifiableCollection(details.get().errors.values());
  }

  /// An empty builder of the exception for codes that the model does not name: `GlueException`.
  public AwsServiceException.Builder newException() {
    try {
      return (AwsServiceException.Builder)
          Class.forName(exceptionName).getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(exceptionName, e);
    }
  }

  @Override
  public String toString() {
    return sdkName();
  }
}
