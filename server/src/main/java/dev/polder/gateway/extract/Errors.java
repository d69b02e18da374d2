package dev.polder.gateway.extract;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.protocols.core.ExceptionMetadata;
import software.amazon.awssdk.regions.Region;

/// The errors of a service's model: code, status and exception class.
final class Errors {
  private Errors() {}

  /// A client of a JSON protocol holds them in lambdas from code to metadata, one per operation; a
  /// client of an XML protocol in its protocol factory.
  static Collection<ExceptionMetadata> of(Class<?> type, Class<?> client) throws Exception {
    Map<String, ExceptionMetadata> errors = new TreeMap<>();
    Map<String, Method> lambdas = lambdas(client);
    if (lambdas.isEmpty()) {
      fromFactory(type, errors);
    } else {
      fromLambdas(client, lambdas, errors);
    }
    return errors.values();
  }

  private static Map<String, Method> lambdas(Class<?> client) {
    Map<String, Method> lambdas = new HashMap<>();
    for (Method method : client.getDeclaredMethods()) {
      if (method.isSynthetic()
          && Modifier.isStatic(method.getModifiers())
          && method.getReturnType() == Optional.class
          && method.getParameterCount() == 1
          && method.getParameterTypes()[0] == String.class) {
        method.setAccessible(true);
        lambdas.put(method.getName(), method);
      }
    }
    return lambdas;
  }

  /// The codes are among a lambda's string constants: hand each to it and see what it knows.
  private static void fromLambdas(
      Class<?> client, Map<String, Method> lambdas, Map<String, ExceptionMetadata> errors)
      throws ReflectiveOperationException, IOException {
    byte[] bytes;
    try (var in = client.getResourceAsStream(client.getSimpleName() + ".class")) {
      bytes = Objects.requireNonNull(in).readAllBytes();
    }
    for (var method : ClassFile.of().parse(bytes).methods()) {
      Method lambda = lambdas.get(method.methodName().stringValue());
      CodeModel code = method.code().orElse(null);
      if (lambda != null && code != null) {
        for (CodeElement element : code) {
          String constant = stringConstant(element);
          if (constant != null && !errors.containsKey(constant)) {
            ((Optional<?>) lambda.invoke(null, constant))
                .ifPresent(found -> errors.put(constant, (ExceptionMetadata) found));
          }
        }
      }
    }
  }

  private static @Nullable String stringConstant(CodeElement element) {
    return element instanceof ConstantInstruction constant
            && constant.constantValue() instanceof String text
        ? text
        : null;
  }

  private static void fromFactory(Class<?> type, Map<String, ExceptionMetadata> errors)
      throws ReflectiveOperationException {
    var builder = (AwsClientBuilder<?, ?>) type.getMethod("builder").invoke(null);
    builder.region(Region.US_EAST_1).credentialsProvider(AnonymousCredentialsProvider.create());
    ((AwsSyncClientBuilder<?, ?>) builder).httpClient(UrlConnectionHttpClient.create());
    try (var client = (AutoCloseable) builder.build()) {
      Field field = client.getClass().getDeclaredField("protocolFactory");
      field.setAccessible(true);
      Object factory = field.get(client);
      for (Class<?> at = factory.getClass(); at != null; at = at.getSuperclass()) {
        for (Field each : at.getDeclaredFields()) {
          each.setAccessible(true);
          add(each.get(factory), errors);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }

  private static void add(@Nullable Object held, Map<String, ExceptionMetadata> errors) {
    Collection<?> values =
        switch (held) {
          case Map<?, ?> map -> map.values();
          case Collection<?> collection -> collection;
          case null, default -> List.of();
        };
    for (Object value : values) {
      if (value instanceof ExceptionMetadata error) {
        errors.put(error.errorCode(), error);
      }
    }
  }
}
