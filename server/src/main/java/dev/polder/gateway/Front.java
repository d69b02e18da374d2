package dev.polder.gateway;

import dev.polder.gateway.aws.Failure;
import dev.polder.gateway.catalogue.Catalogue;
import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.codec.JsonTree;
import dev.polder.gateway.codec.MalformedInputException;
import dev.polder.gateway.codec.Member;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import dev.polder.kernel.ServiceCallException;
import dev.polder.kernel.ServiceCalls;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/// The services of this process for callers within it: what goes through here behaves as it would
/// over the wire, without the wire.
///
/// Services may be added until the first call, so that a service can be built on a front that does
/// not know it yet.
public final class Front implements Clients, ServiceCalls {
  // Beyond what a state of Step Functions may hold, by far.
  private static final int LARGEST_BODY = 1 << 20;
  private static final String BODY = "Body";

  private final Catalogue catalogue = Catalogue.load();
  private final Map<ServiceModel, Service<?>> services = new ConcurrentHashMap<>();
  private final Ids ids;

  /// @param ids gives the request ids
  public Front(Ids ids) {
    this.ids = ids;
  }

  /// Makes a service known.
  public void add(Service<?> service) {
    services.put(catalogue.of(service.type()), service);
  }

  @Override
  public <C> C get(Class<C> type, Scope scope) {
    ServiceModel model = catalogue.of(type);
    Service<?> service = services.get(model);
    if (service == null) {
      throw new IllegalArgumentException("Polder has no " + model.sdkName());
    }
    var handler = new ClientHandler(model, type.cast(service.client(scope)), ids);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public boolean supports(String service, String action) {
    return find(service, action).isPresent();
  }

  private Optional<Operation> find(String service, String action) {
    return catalogue
        .packaged(service)
        .flatMap(model -> model.called(action))
        .filter(operation -> operation.kind() != Operation.Kind.DUPLEX)
        .filter(this::isImplemented);
  }

  private boolean isImplemented(Operation operation) {
    Service<?> service = services.get(operation.service());
    return service != null && operation.isImplementedBy(service.client(Scope.DEFAULT).getClass());
  }

  @Override
  public @Nullable Object call(Scope scope, String service, String action, @Nullable Object input) {
    Operation operation = find(service, action).orElseThrow(() -> unknown(service, action));
    ServiceModel model = operation.service();
    Map<Object, @Nullable Object> members = new LinkedHashMap<>();
    if (input instanceof Map<?, ?> given) {
      members.putAll(given);
    } else if (input != null) {
      throw malformed(operation, "Expected an object as input of " + operation);
    }
    Object body = operation.kind() == Operation.Kind.UPLOAD ? members.remove(BODY) : null;
    SdkPojo builder = operation.newRequest();
    try {
      JsonTree.read(members, builder);
    } catch (MalformedInputException e) {
      throw malformed(operation, String.valueOf(e.getMessage()));
    }
    var request = (SdkRequest) Member.build(builder);
    Object client = Objects.requireNonNull(services.get(model)).client(scope);
    var completing = new Completion(model, ids.uuid());
    try {
      return completing.call(operation, request, () -> invoke(operation, client, request, body));
    } catch (AwsServiceException e) {
      Failure failure = Failure.of(model, e);
      throw new ServiceCallException(
          model.sdkName(),
          failure.code(),
          e.getClass().getSimpleName(),
          failure.status(),
          String.valueOf(e.requestId()),
          failure.message(),
          e);
    }
  }

  private static Map<String, @Nullable Object> invoke(
      Operation operation, Object client, SdkRequest request, @Nullable Object body) {
    return switch (operation.kind()) {
      case UNARY -> JsonTree.write(operation.call(client, request));
      case UPLOAD ->
          JsonTree.write(
              operation.call(
                  client,
                  request,
                  RequestBody.fromBytes(body == null ? new byte[0] : JsonTree.bytes(body))));
      case DOWNLOAD -> operation.call(client, request, asText());
      case DUPLEX -> throw new IllegalStateException(operation.toString());
    };
  }

  private static ResponseTransformer<SdkPojo, Map<String, @Nullable Object>> asText() {
    return (response, in) -> {
      Map<String, @Nullable Object> tree = JsonTree.write(response);
      tree.put(BODY, text(in));
      return tree;
    };
  }

  private static String text(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw new MalformedInputException("The object is larger than " + LARGEST_BODY + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private ServiceCallException unknown(String service, String action) {
    String name = catalogue.packaged(service).map(ServiceModel::sdkName).orElse(service);
    return new ServiceCallException(
        name,
        "UnknownOperationException",
        name + "Exception",
        400,
        ids.uuid(),
        "Unknown or unsupported operation: " + service + ":" + action,
        new UnsupportedOperationException(service + ":" + action));
  }

  private ServiceCallException malformed(Operation operation, String message) {
    return new ServiceCallException(
        operation.service().sdkName(),
        "SerializationException",
        operation.service().sdkName() + "Exception",
        400,
        ids.uuid(),
        message,
        new IllegalArgumentException(message));
  }
}
