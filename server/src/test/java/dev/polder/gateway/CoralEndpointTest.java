package dev.polder.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/// What DynamoDB's endpoint says by itself, and the form in which its service answers.
class CoralEndpointTest {
  private static final String JSON = "application/x-amz-json-1.0";
  private static final String SERVICE = "com.amazon.coral.service#";
  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=k/20200501/eu-west-1/dynamodb/aws4_request,"
          + " SignedHeaders=host;x-amz-date, Signature=00";

  private final Gateway gateway =
      Wired.gateway(
          Wired.answering(
              DynamoDbClient.class,
              request -> {
                if (request.getClass().getSimpleName().startsWith("DeleteTable")) {
                  throw ResourceInUseException.builder().message("In use").build();
                }
                return ListTablesResponse.builder().tableNames("notes").build();
              }));

  private Raw.Reply send(String method, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of("Host", "localhost:4566"));
    all.addAll(List.of(headers));
    return Raw.of(method, "/", body, all.toArray(String[]::new)).to(gateway);
  }

  private Raw.Reply call(String operation, String body) {
    return send(
        "POST",
        body,
        "Content-Type",
        JSON,
        "X-Amz-Target",
        "DynamoDB_20120810." + operation,
        "Authorization",
        SIGNED,
        "X-Amz-Date",
        "20200501T000000Z");
  }

  private static Map<String, Object> json(Raw.Reply reply) {
    return Json.parseObject(reply.text());
  }

  @Test
  void errorsNameTheirTypesInFullAndSayNothingTwice() {
    assertThat(json(call("DeleteTable", "{\"TableName\":\"notes\"}")))
        .isEqualTo(
            Map.of(
                "__type",
                "com.amazonaws.dynamodb.v20120810#ResourceInUseException",
                "message",
                "In use"));
  }

  @Test
  void requestIdsHaveTheEndpointsForm() {
    var reply = call("ListTables", "{}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().first("content-type")).isEqualTo(JSON);
    assertThat(reply.headers().first("x-amzn-requestid")).matches("[0-9A-Z]{52}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Limit\":\"5\"}              | STRING_VALUE cannot be converted to Integer",
        "{\"Limit\":true}               | TRUE_VALUE cannot be converted to Integer",
        "{\"ExclusiveStartTableName\":2.5} | DECIMAL_VALUE cannot be converted to String",
        "{\"ExclusiveStartTableName\":[]}  | Unrecognized collection type class java.lang.String",
        "{\"Limit\":{}}                 | Start of structure or map found where not expected",
      })
  void wrongTypesAreRefusedInTheWordsOfTheFramework(String body, String message) {
    assertThat(json(call("ListTables", body)))
        .isEqualTo(Map.of("__type", SERVICE + "SerializationException", "Message", message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "PutItem | {'Item':{'a':5}}        | Unexpected value type in payload",
        "PutItem | {'Item':[]}             |"
            + " Unrecognized collection type java.util.Map<java.lang.String,"
            + " com.amazonaws.dynamodb.v20120810.AttributeValue>",
        "PutItem | {'Item':{'a':{'SS':5}}} | Unexpected field type",
        "PutItem | {'Item':{'a':{'B':5}}}  |"
            + " only base-64-encoded strings are convertible to bytes",
        "PutItem | {'Item':{'a':{'B':'abcde'}}} |"
            + " Base64 encoded length is expected a multiple of 4 bytes but found: 5",
        "PutItem | {'Item':{'a':{'B':'YR=='}}} |"
            + " Invalid last non-pad Base64 character dectected",
        "PutItem | {'Item':{'a':{'BOOL':'maybe'}}} | Unexpected token received from parser",
      })
  void wrongValuesOfItemsAreRefusedSo(String operation, String body, String message) {
    assertThat(json(call(operation, body.replace('\'', '"')))).containsEntry("Message", message);
  }

  @Test
  void whatIsNoJsonIsRefusedWithoutAWord() {
    Map<String, Object> bare = Map.of("__type", SERVICE + "SerializationException");
    assertThat(json(call("ListTables", "{"))).isEqualTo(bare);
    assertThat(json(call("ListTables", ""))).isEqualTo(bare);
    assertThat(json(send("POST", "what", "Content-Type", JSON))).isEqualTo(bare);
  }

  @Test
  void requestsForNothingAreUnknown() {
    Map<String, Object> unknown = Map.of("__type", SERVICE + "UnknownOperationException");
    assertThat(json(call("ListTable", "{}"))).isEqualTo(unknown);
    assertThat(json(send("POST", ""))).isEqualTo(unknown);
    assertThat(json(send("POST", "", "X-Amz-Target", "whatever"))).isEqualTo(unknown);
  }

  @Test
  void operationsThatPolderLacksAreUnknownByName() {
    var lacking = Wired.gateway();
    var reply =
        Raw.of(
                "POST",
                "/",
                "{}",
                "Content-Type",
                JSON,
                "X-Amz-Target",
                "DynamoDB_20120810.CreateGlobalTable",
                "Authorization",
                SIGNED,
                "X-Amz-Date",
                "20200501T000000Z")
            .to(lacking);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply))
        .isEqualTo(
            Map.of(
                "__type",
                SERVICE + "UnknownOperationException",
                "message",
                "Unknown or unsupported operation: dynamodb:CreateGlobalTable"));
  }

  @Test
  void otherMethodsAndContentTypesAreNotFound() {
    for (var reply :
        List.of(
            send("PUT", ""),
            send("DELETE", ""),
            send("OPTIONS", ""),
            send("POST", "hi"),
            send("POST", "{}", "Content-Type", "application/x-amz-json-1.1"))) {
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.text()).isEqualTo("<UnknownOperationException/>\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''   | MissingAuthenticationTokenException",
        "Basic abc | MissingAuthenticationTokenException",
        "AWS4-HMAC-SHA256 Signature=b | IncompleteSignatureException",
      })
  void everyRequestNeedsASignatureOfTheRightForm(String authorization, String code) {
    String[] headers = {"Content-Type", JSON, "X-Amz-Target", "DynamoDB_20120810.ListTables"};
    List<String> all = new ArrayList<>(List.of(headers));
    if (!authorization.isEmpty()) {
      all.addAll(List.of("Authorization", authorization));
    }
    var reply = send("POST", "{}", all.toArray(String[]::new));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply)).containsEntry("__type", SERVICE + code);
  }

  @Test
  void whatASignatureLacksIsNamed() {
    var reply =
        send(
            "POST",
            "{}",
            "Content-Type",
            JSON,
            "X-Amz-Target",
            "DynamoDB_20120810.ListTables",
            "Authorization",
            "AWS4-HMAC-SHA256 Signature=b, Credential=c");
    assertThat(json(reply))
        .containsEntry(
            "message",
            "Authorization header requires 'SignedHeaders' parameter. Authorization header requires"
                + " existence of either a 'X-Amz-Date' or a 'Date' header."
                + " Authorization=AWS4-HMAC-SHA256 Signature=b, Credential=c");
  }

  @Test
  void pagesOfThisMachineMayAsk() {
    var preflight =
        send(
            "OPTIONS",
            "",
            "Origin",
            "http://localhost:3000",
            "Access-Control-Request-Headers",
            "authorization,x-amz-target",
            "Access-Control-Request-Method",
            "POST");
    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.headers().first("access-control-allow-origin")).isEqualTo("*");
    assertThat(preflight.headers().first("access-control-allow-headers"))
        .isEqualTo("authorization,x-amz-target");
    assertThat(preflight.headers().first("access-control-allow-methods")).isEqualTo("POST");
    assertThat(send("OPTIONS", "", "Origin", "https://evil.example").status()).isEqualTo(403);
    assertThat(send("OPTIONS", "", "Origin", "null").status()).isEqualTo(403);
  }

  @Test
  void bodiesOfMoreThan16MegabytesAreTooLarge() {
    assertThat(call("ListTables", " ".repeat((16 << 20) + 1)).status()).isEqualTo(413);
  }

  @Test
  void hostsOfBucketsAreNotItsOwn() {
    var reply = Raw.of("PUT", "/", "", "Host", "pictures.s3.localhost").to(gateway);
    assertThat(reply.text()).doesNotContain("<UnknownOperationException/>");
  }
}
