package dev.polder.gateway.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// A service as the SDK describes it.
public final class ServiceModel {
  private final String signingName;
  private final String packageName;
  private final Protocol protocol;
  private final String interfaceName;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<String, Operation> byJavaMethod = new HashMap<>();
  private final Map<String, ModeledError> errors = new LinkedHashMap<>();
  private final Map<String, List<Operation>> byMethod = new HashMap<>();

  ServiceModel(String signingName, Protocol protocol, String interfaceName) {
    this.signingName = signingName;
    this.protocol = protocol;
    this.interfaceName = interfaceName;
    String within = interfaceName.substring(0, interfaceName.lastIndexOf('.'));
    this.packageName = within.substring(within.lastIndexOf('.') + 1);
  }

  void add(Operation operation) {
    operations.put(operation.name(), operation);
    byJavaMethod.put(operation.javaMethod(), operation);
    byMethod.computeIfAbsent(operation.httpMethod(), _ -> new ArrayList<>()).add(operation);
  }

  void add(ModeledError error) {
    errors.put(error.className(), error);
  }

  void seal() {
    byMethod.values().forEach(list -> list.sort((a, b) -> a.path().compareTo(b.path())));
  }

  /// The name in credential scopes, such as `states`.
  public String signingName() {
    return signingName;
  }

  /// The SDK's package, which is also the name in Step Functions' `aws-sdk` resources: `sfn`.
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

  /// The class name of the SDK's client interface.
  public String interfaceName() {
    return interfaceName;
  }

  /// The operation of this name, such as `StartExecution`.
  public Optional<Operation> operation(String name) {
    return Optional.ofNullable(operations.get(name));
  }

  /// The operation of this method of the client interface, such as `startExecution`.
  public Optional<Operation> called(String javaMethod) {
    return Optional.ofNullable(byJavaMethod.get(javaMethod));
  }

  public Collection<Operation> operations() {
    return Collections.unmodifiableCollection(operations.values());
  }

  /// The operations of REST bindings with this HTTP method, the more particular paths first.
  public List<Operation> operationsOf(String httpMethod) {
    return byMethod.getOrDefault(httpMethod, List.of());
  }

  /// What the model says about an exception class.
  public Optional<ModeledError> error(Class<?> exception) {
    return Optional.ofNullable(errors.get(exception.getName()));
  }

  public Collection<ModeledError> errors() {
    return Collections.unmodifiableCollection(errors.values());
  }

  /// An empty builder of the exception for codes that the model does not name: `GlueException`.
  public AwsServiceException.Builder newException() {
    String name =
        interfaceName.substring(0, interfaceName.lastIndexOf('.') + 1)
            + "model."
            + sdkName()
            + "Exception";
    try {
      return (AwsServiceException.Builder) Class.forName(name).getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name, e);
    }
  }

  @Override
  public String toString() {
    return sdkName();
  }
}
