package dev.polder.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.polder.gateway.catalogue.Catalogue;
import dev.polder.gateway.catalogue.ModeledError;
import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.Protocol;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.codec.Member;
import dev.polder.gateway.codec.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/// Every operation and every modelled error of every service, between the real SDK's client and a
/// service behind the gateway. `-Dseed=` repeats a run, `-Drounds=` lengthens it.
class RoundTripTest {
  private static final long SEED = Long.getLong("seed", 42);
  private static final int ROUNDS = Integer.getInteger("rounds", 2);

  static Stream<ServiceModel> services() {
    return Catalogue.load().services().stream()
        .filter(service -> service.protocol() != Protocol.REST_XML);
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyOperationCarriesItsRequestAndItsResponse(ServiceModel service) throws Exception {
    var random = new Random(SEED);
    var shapes = new RandomShapes(random, service.protocol());
    var response = new AtomicReference<Object>();
    var answering = Wired.answering(interfaceOf(service), _ -> response.get());
    Object client = Wired.client(interfaceOf(service), Wired.gateway(answering));
    List<String> wrong = new ArrayList<>();
    int operations = 0;
    for (Operation operation : service.operations()) {
      for (int round = 0; round < ROUNDS; round++) {
        var sent = (SdkRequest) shapes.fill(operation.newRequest());
        SdkPojo given = shapes.fill(operation.newResponse());
        response.set(given);
        SdkPojo got = operation.call(client, sent);
        if (!sent.equals(answering.asked())) {
          wrong.add(
              operation
                  + " request"
                  + difference(
                      (SdkPojo) sent, (SdkPojo) Objects.requireNonNull(answering.asked())));
        } else if (!given.equalsBySdkFields(got)) {
          wrong.add(operation + " response" + difference(given, got));
        }
        operations++;
      }
    }
    System.out.println(service + ": " + operations + " round trips, seed " + SEED);
    assertThat(wrong).as("seed " + SEED).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyModeledErrorArrivesAsItself(ServiceModel service) throws Exception {
    var shapes = new RandomShapes(new Random(SEED), service.protocol());
    var thrown = new AtomicReference<AwsServiceException>();
    var answering =
        Wired.answering(
            interfaceOf(service),
            _ -> {
              throw thrown.get();
            });
    Object client = Wired.client(interfaceOf(service), Wired.gateway(answering));
    Operation operation = service.operations().iterator().next();
    for (ModeledError error : service.errors()) {
      Class<?> type = Class.forName(error.className());
      var filled =
          (AwsServiceException) shapes.fill((SdkPojo) type.getMethod("builder").invoke(null));
      AwsServiceException given = filled.toBuilder().message("the message <&>").build();
      thrown.set(given);
      try {
        operation.call(client, (SdkRequest) shapes.fill(operation.newRequest()));
        fail(error.code() + " was not thrown");
      } catch (AwsServiceException got) {
        assertThat(got).isExactlyInstanceOf(type);
        assertThat(got.awsErrorDetails().errorCode()).isEqualTo(error.code());
        assertThat(got.statusCode()).isEqualTo(error.status());
        assertThat(got.awsErrorDetails().errorMessage()).isEqualTo("the message <&>");
        assertThat(got.awsErrorDetails().serviceName()).isEqualTo(service.sdkName());
        assertThat(got.requestId()).isNotNull();
        assertThat(difference((SdkPojo) given, (SdkPojo) got)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyServiceHasAnExceptionForCodesItDoesNotModel(ServiceModel service) {
    AwsServiceException built = service.newException().message("m").build();
    String models = built.getClass().getPackageName();
    assertThat(service.interfaceName()).startsWith(models.substring(0, models.lastIndexOf('.')));
  }

  private static String difference(SdkPojo expected, SdkPojo actual) {
    var out = new StringBuilder();
    for (Member member : Shape.of(expected).members()) {
      Object left = member.get(expected);
      Object right = member.get(actual);
      if (!Objects.equals(left, right)) {
        out.append(" ").append(member).append(": ").append(left).append(" became ").append(right);
      }
    }
    return out.toString();
  }

  @SuppressWarnings("unchecked")
  private static Class<Object> interfaceOf(ServiceModel service) throws ClassNotFoundException {
    return (Class<Object>) Class.forName(service.interfaceName());
  }
}
