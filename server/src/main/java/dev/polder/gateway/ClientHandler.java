package dev.polder.gateway;

import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.kernel.Ids;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;

/// Stands before one service's client of one scope. Operations go to the client and are completed;
/// the interface's conveniences (consumers, paginators, files) come back here as operations.
final class ClientHandler implements InvocationHandler {
  private final ServiceModel service;
  private final Object client;
  private final Ids ids;

  ClientHandler(ServiceModel service, Object client, Ids ids) {
    this.service = service;
    this.client = client;
    this.ids = ids;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> service.sdkName() + " within the process";
      };
    }
    Optional<Operation> operation = operation(method, arguments);
    if (operation.isPresent()) {
      return operation(operation.get(), arguments);
    }
    if (method.getName().equals("close")) {
      // The service is the process's and outlives whoever asked for it.
      return null;
    }
    return method.isDefault() && !isOverridden(method)
        ? InvocationHandler.invokeDefault(proxy, method, arguments)
        : forward(method, arguments);
  }

  private Optional<Operation> operation(Method method, Object[] arguments) {
    if (arguments.length == 0 || !(arguments[0] instanceof SdkRequest)) {
      return Optional.empty();
    }
    return service
        .called(method.getName())
        .filter(found ->
            switch (found.kind()) {
              case UNARY -> arguments.length == 1;
              case UPLOAD -> arguments.length == 2 && arguments[1] instanceof RequestBody;
              case DOWNLOAD -> arguments.length == 2 && arguments[1] instanceof ResponseTransformer;
              case DUPLEX -> false;
            });
  }

  private Object operation(Operation operation, Object[] arguments) {
    var request = (SdkRequest) arguments[0];
    var completion = new Completion(service, ids.uuid());
    return completion.call(
        operation,
        request,
        () ->
            switch (operation.kind()) {
              case UNARY -> completion.complete(operation.call(client, request));
              case UPLOAD ->
                  completion.complete(operation.call(client, request, (RequestBody) arguments[1]));
              case DOWNLOAD -> download(operation, request, arguments[1], completion);
              case DUPLEX -> throw new IllegalStateException(operation.toString());
            });
  }

  @SuppressWarnings("unchecked") // The interface has matched the transformer with the operation.
  private Object download(
      Operation operation, SdkRequest request, Object transformer, Completion completion) {
    var wanted = (ResponseTransformer<Object, Object>) transformer;
    ResponseTransformer<SdkPojo, Object> completing =
        new ResponseTransformer<>() {
          @Override
          public Object transform(SdkPojo response, AbortableInputStream in) throws Exception {
            return wanted.transform(completion.complete(response), in);
          }

          @Override
          public boolean needsConnectionLeftOpen() {
            return wanted.needsConnectionLeftOpen();
          }
        };
    return operation.call(client, request, completing);
  }

  private boolean isOverridden(Method method) {
    try {
      return !client
          .getClass()
          .getMethod(method.getName(), method.getParameterTypes())
          .getDeclaringClass()
          .isInterface();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(
          method + " of " + Arrays.toString(client.getClass().getInterfaces()), e);
    }
  }

  private @Nullable Object forward(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
