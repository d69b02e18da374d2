package dev.polder.s3;

import static dev.polder.s3.S3Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/// S3 over a socket: the SDK's own client, and requests written by hand.
final class S3WireTest {
  @TempDir Path directory;
  private S3Server server;
  private S3Client s3;

  @BeforeEach
  void open() {
    server = new S3Server(directory);
    s3 = server.client();
    s3.createBucket(r -> r.bucket("lake"));
  }

  @AfterEach
  void close() {
    s3.close();
    server.close();
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @Test
  void objectsGoThereAndComeBack() {
    byte[] bytes = random(3_000_000);
    var put =
        s3.putObject(
            r ->
                r.bucket("lake")
                    .key("a b+c/é=%2F\uD83D\uDE00")
                    .contentType("text/x")
                    .cacheControl("no-cache")
                    .contentEncoding("gzip")
                    .metadata(Map.of("name", "value"))
                    .tagging("a=1"),
            RequestBody.fromBytes(bytes));
    var get = s3.getObjectAsBytes(r -> r.bucket("lake").key("a b+c/é=%2F\uD83D\uDE00"));

    assertThat(get.asByteArray()).isEqualTo(bytes);
    assertThat(get.response().eTag()).isEqualTo(put.eTag());
    assertThat(get.response().contentType()).isEqualTo("text/x");
    assertThat(get.response().cacheControl()).isEqualTo("no-cache");
    assertThat(get.response().contentEncoding()).isEqualTo("gzip");
    assertThat(get.response().metadata()).containsEntry("name", "value");
    assertThat(get.response().tagCount()).isEqualTo(1);
    assertThat(server.fixture.root.resolve("lake/a b+c/é=%2F\uD83D\uDE00")).hasSize(3_000_000);
    var range =
        s3.getObjectAsBytes(
            r -> r.bucket("lake").key("a b+c/é=%2F\uD83D\uDE00").range("bytes=5-9"));
    assertThat(range.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 5, 10));
    assertThat(range.response().sdkHttpResponse().statusCode()).isEqualTo(206);
    assertThat(s3.listObjectsV2(r -> r.bucket("lake")).contents())
        .map(S3Object::key)
        .containsExactly("a b+c/é=%2F\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x"})
  void smallObjectsTravelWhole(String text) {
    s3.putObject(r -> r.bucket("lake").key("a"), RequestBody.fromString(text));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("lake").key("a")).asUtf8String()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..", "../x", "a/../b", ".", "/", "//", "/a", "a/", "a//b", "%2e%2e", "a%00b", ".~=a",
        "x\0y", "a\nb", "a?b&c#d", "\u0001"
      })
  void oddKeysTravel(String key) {
    s3.putObject(r -> r.bucket("lake").key(key), RequestBody.fromString("odd"));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("lake").key(key)).asUtf8String()).isEqualTo("odd");
    assertThat(server.fixture.keys("")).containsExactly(key);
    assertThat(s3.listObjectsV2(r -> r.bucket("lake").encodingType("url")).contents())
        .map(S3Object::key)
        .containsExactly(key);
    s3.copyObject(r ->
        r.sourceBucket("lake")
            .sourceKey(key)
            .destinationBucket("lake")
            .destinationKey("copy of it"));
    s3.deleteObject(r -> r.bucket("lake").key(key));
    assertThat(server.fixture.keys("")).containsExactly("copy of it");
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
  void checksumsAreVerifiedBothWays(ChecksumAlgorithm algorithm) {
    byte[] bytes = random(200_000);
    var put =
        s3.putObject(
            r -> r.bucket("lake").key("a").checksumAlgorithm(algorithm),
            RequestBody.fromBytes(bytes));
    var get =
        s3.getObjectAsBytes(r -> r.bucket("lake").key("a").checksumMode(ChecksumMode.ENABLED));

    String member = "Checksum" + algorithm;
    assertThat(get.response().getValueForField(member, String.class))
        .isPresent()
        .isEqualTo(put.getValueForField(member, String.class));
    assertThat(get.asByteArray()).isEqualTo(bytes);
  }

  @Test
  void bodiesOfUnknownContentAreStreamed() {
    byte[] bytes = random(1_000_000);
    s3.putObject(
        r -> r.bucket("lake").key("a"),
        RequestBody.fromInputStream(new ByteArrayInputStream(bytes), bytes.length));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("lake").key("a")).asByteArray()).isEqualTo(bytes);
  }

  @Test
  void partsAreUploadedListedAndJoined() {
    byte[] first = random(5 << 20);
    String id =
        s3.createMultipartUpload(
                r -> r.bucket("lake").key("a/b").checksumAlgorithm(ChecksumAlgorithm.CRC32))
            .uploadId();
    var one =
        s3.uploadPart(
            r ->
                r.bucket("lake")
                    .key("a/b")
                    .uploadId(id)
                    .partNumber(1)
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32),
            RequestBody.fromBytes(first));
    s3.putObject(r -> r.bucket("lake").key("from"), RequestBody.fromString("0123456789"));
    var two =
        s3.uploadPartCopy(r ->
            r.sourceBucket("lake")
                .sourceKey("from")
                .copySourceRange("bytes=1-3")
                .destinationBucket("lake")
                .destinationKey("a/b")
                .uploadId(id)
                .partNumber(2));
    assertThat(s3.listParts(r -> r.bucket("lake").key("a/b").uploadId(id)).parts()).hasSize(2);
    assertThat(s3.listMultipartUploads(r -> r.bucket("lake")).uploads()).hasSize(1);
    var done =
        s3.completeMultipartUpload(r ->
            r.bucket("lake")
                .key("a/b")
                .uploadId(id)
                .multipartUpload(u ->
                    u.parts(
                        CompletedPart.builder()
                            .partNumber(1)
                            .eTag(one.eTag())
                            .checksumCRC32(one.checksumCRC32())
                            .build(),
                        CompletedPart.builder()
                            .partNumber(2)
                            .eTag(two.copyPartResult().eTag())
                            .checksumCRC32(two.copyPartResult().checksumCRC32())
                            .build())));

    assertThat(done.eTag()).endsWith("-2\"");
    assertThat(done.checksumCRC32()).endsWith("-2");
    var attributes =
        s3.getObjectAttributes(r ->
            r.bucket("lake")
                .key("a/b")
                .objectAttributes(ObjectAttributes.knownValues().stream().toList()));
    assertThat(attributes.objectSize()).isEqualTo((5 << 20) + 3);
    assertThat(attributes.objectParts().totalPartsCount()).isEqualTo(2);
    assertThat(s3.getObjectAsBytes(r -> r.bucket("lake").key("a/b").partNumber(2)).asUtf8String())
        .isEqualTo("123");
  }

  @Test
  void aBucketShowsItsSettingsAndKeepsItsTags() {
    assertThat(s3.listBuckets().buckets()).map(each -> each.name()).containsExactly("lake");
    assertThat(s3.headBucket(r -> r.bucket("lake")).bucketRegion()).isEqualTo("us-east-1");
    assertThat(s3.getBucketLocation(r -> r.bucket("lake")).locationConstraintAsString())
        .isIn(null, "", "null");
    assertThat(s3.getBucketVersioning(r -> r.bucket("lake")).status()).isNull();
    assertThat(s3.getBucketAcl(r -> r.bucket("lake")).grants())
        .singleElement()
        .matches(each -> each.grantee().typeAsString().equals("CanonicalUser"));
    assertThat(s3.getPublicAccessBlock(r -> r.bucket("lake")).publicAccessBlockConfiguration())
        .matches(each -> each.blockPublicAcls());
    assertThat(
            s3.getBucketEncryption(r -> r.bucket("lake"))
                .serverSideEncryptionConfiguration()
                .rules())
        .hasSize(1);
    var tag = Tag.builder().key("a").value("<&>").build();
    s3.putBucketTagging(
        r -> r.bucket("lake").tagging(t -> t.tagSet(Tag.builder().key("a").value("b").build())));
    assertThat(s3.getBucketTagging(r -> r.bucket("lake")).tagSet()).hasSize(1);
    assertRefused(
        "InvalidTag",
        400,
        () -> s3.putBucketTagging(r -> r.bucket("lake").tagging(t -> t.tagSet(tag))));
    s3.deleteBucketTagging(r -> r.bucket("lake"));
    s3.deleteBucket(r -> r.bucket("lake"));
    assertRefused("NoSuchBucket", 404, () -> s3.listObjectsV2(r -> r.bucket("lake")));
  }

  @Test
  void listingsHavePagesAndDeletionsBatches() {
    for (int i = 0; i < 25; i++) {
      String key = "t/day=%02d/x<&>'\" ".formatted(i);
      s3.putObject(r -> r.bucket("lake").key(key), RequestBody.empty());
    }
    assertThat(
            s3.listObjectsV2Paginator(r -> r.bucket("lake").prefix("t/").delimiter("/").maxKeys(7))
                .commonPrefixes())
        .hasSize(25);
    assertThat(s3.listObjects(r -> r.bucket("lake").maxKeys(10)).contents()).hasSize(10);
    var keys =
        s3.listObjectsV2Paginator(r -> r.bucket("lake").maxKeys(10)).contents().stream()
            .map(each -> ObjectIdentifier.builder().key(each.key()).build())
            .toList();
    assertThat(keys).hasSize(25);
    var deleted = s3.deleteObjects(r -> r.bucket("lake").delete(d -> d.objects(keys)));
    assertThat(deleted.deleted()).hasSize(25);
    assertThat(s3.listObjectsV2(r -> r.bucket("lake")).contents()).isEmpty();
  }

  @Test
  void errorsAreTheRealOnes() {
    assertRefused("NoSuchKey", 404, () -> s3.getObject(r -> r.bucket("lake").key("none")));
    assertRefused("NoSuchBucket", 404, () -> s3.getObject(r -> r.bucket("none").key("none")));
    assertRefused(
        "InvalidBucketName", 400, () -> s3.getObject(r -> r.bucket("Bad_Name").key("none")));
    assertThat(Assertions.catchThrowable(() -> s3.headObject(r -> r.bucket("lake").key("none"))))
        .isInstanceOf(NoSuchKeyException.class);
    s3.putObject(r -> r.bucket("lake").key("a"), RequestBody.fromString("1"));
    assertRefused(
        "PreconditionFailed",
        412,
        () ->
            s3.putObject(
                r -> r.bucket("lake").key("a").ifNoneMatch("*"), RequestBody.fromString("2")));
    assertRefused(
        "InvalidRange", 416, () -> s3.getObject(r -> r.bucket("lake").key("a").range("bytes=7-")));
    assertRefused(
        "NotImplemented", 501, () -> s3.putBucketPolicy(r -> r.bucket("lake").policy("{}")));
    assertRefused(
        "NotImplemented",
        501,
        () -> s3.restoreObject(r -> r.bucket("lake").key("a").restoreRequest(x -> x.days(1))));
  }

  private HttpResponse<String> send(
      String method, String pathAndQuery, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.endpoint + pathAndQuery))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void anErrorIsXmlThatNamesThePlace() throws Exception {
    var answer = send("GET", "/lake/no%20key", "");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).contains("application/xml");
    assertThat(answer.body())
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code>")
        .contains("<Key>no key</Key>")
        .contains("<Resource>/lake/no key</Resource>")
        .contains(
            "<RequestId>"
                + answer.headers().firstValue("x-amz-request-id").orElseThrow()
                + "</RequestId>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /lake/a?newThing 501",
        "PUT /lake/a?legal-hold 501",
        "POST /lake/a?select&select-type=2 501",
        "POST /lake 501",
        "PATCH /lake/a 405",
        "GET /lake?max-keys=ten 400",
        "GET /lake?inventory 501",
        "GET /lake/a?torrent 501",
        "OPTIONS /lake/a 403"
      })
  void whatIsNotThereIsRefused(String line) throws Exception {
    s3.putObject(r -> r.bucket("lake").key("a"), RequestBody.fromString("as it was"));
    String[] part = line.split(" ");

    var answer = send(part[0], part[1], "");

    assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(part[2]));
    assertThat(answer.body()).contains("<Code>");
    assertThat(server.fixture.get("a")).isEqualTo("as it was");
  }

  @Test
  void documentsAreReadWithCare() throws Exception {
    String bomb =
        "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
            + "<Delete><Object><Key>&a;&b;</Key></Object></Delete>";
    for (String document : List.of(bomb, "<Delete>", "", "{}", "<Delete><Object/></Delete")) {
      var answer = send("POST", "/lake?delete", document);
      assertThat(answer.statusCode()).as(document).isEqualTo(400);
      assertThat(answer.body()).contains("<Code>MalformedXML</Code>");
    }
    var wrong =
        send("POST", "/lake?delete", "<Delete/>", "Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==");
    assertThat(wrong.body()).contains("BadDigest");
  }

  @Test
  void signedBodiesMustBeWhatWasSigned() throws Exception {
    var answer = send("PUT", "/lake/a", "text", "x-amz-content-sha256", "0".repeat(64));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("XAmzContentSHA256Mismatch");
    assertThat(server.fixture.keys("")).isEmpty();
  }

  @Test
  void chunksAndTrailersAreRead() throws Exception {
    String[] chunked = {
      "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "x-amz-decoded-content-length", "9",
      "x-amz-trailer", "x-amz-checksum-crc32c"
    };
    String right = "4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32c:4waSgw==\r\n\r\n";
    var answer = send("PUT", "/lake/a", right, chunked);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-amz-checksum-crc32c")).contains("4waSgw==");
    assertThat(server.fixture.get("a")).isEqualTo("123456789");

    for (String wrong :
        List.of(
            right.replace("4waSgw==", "AAAAAA=="),
            right.replace("56789", "56780"),
            "4\r\n1234\r\n5\r\n567",
            "9\r\n123456789\r\n0\r\n\r\n",
            "4\r\n1234\r\n0\r\nx-amz-checksum-crc32c:4waSgw==\r\n\r\n",
            "zz\r\n1234",
            "-1\r\n1234",
            "4\r\n12345\r\n0\r\n\r\n")) {
      answer = send("PUT", "/lake/b", wrong, chunked);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(answer.body()).contains("<Error>");
    }
    assertThat(server.fixture.keys("")).containsExactly("a");

    String signed = "9;chunk-signature=00\r\n123456789\r\n0;chunk-signature=00\r\n\r\n";
    answer =
        send(
            "PUT",
            "/lake/c",
            signed,
            "x-amz-content-sha256",
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            "x-amz-decoded-content-length",
            "9");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(server.fixture.get("c")).isEqualTo("123456789");
  }

  @Test
  void bucketsMayBeInTheHostName() throws Exception {
    s3.putObject(r -> r.bucket("lake").key("a/b"), RequestBody.fromString("text"));
    for (String host :
        List.of(
            "lake.s3.localhost", "lake.localhost", "lake.s3.test", "lake.s3.eu-west-1.example")) {
      assertThat(raw("GET /a/b HTTP/1.1\r\nHost: " + host + ":80\r\nConnection: close\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 200")
          .endsWith("text");
    }
    assertThat(raw("GET /lake/a/b HTTP/1.1\r\nHost: s3.localhost\r\nConnection: close\r\n\r\n"))
        .endsWith("text");
  }

  @Test
  void aClientThatExpectsToContinueIsToldSo() throws Exception {
    try (var socket = new Socket("127.0.0.1", server.endpoint.getPort())) {
      socket.setSoTimeout(10_000);
      var out = socket.getOutputStream();
      out.write(
          ("PUT /lake/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                  + "Expect: 100-continue\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 100");
      out.write("text".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .contains("HTTP/1.1 200");
    }
    assertThat(server.fixture.get("a")).isEqualTo("text");
  }

  private static String line(InputStream in) throws Exception {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private String raw(String request) throws Exception {
    try (var socket = new Socket("127.0.0.1", server.endpoint.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws Exception {
    s3.putObject(r -> r.bucket("lake").key("a"), RequestBody.fromString("before"));
    try (var socket = new Socket("127.0.0.1", server.endpoint.getPort())) {
      socket
          .getOutputStream()
          .write(
              "PUT /lake/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\npart of it"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.setSoTimeout(10_000);
      socket.getInputStream().readAllBytes();
    }
    assertThat(server.fixture.get("a")).isEqualTo("before");
    assertThat(server.fixture.root.resolve(".draft")).isEmptyDirectory();
  }

  @Test
  void presignedRequestsNeedNoOtherSignature() throws Exception {
    try (var presigner = server.presigner()) {
      URI put =
          presigner
              .presignPutObject(p ->
                  p.signatureDuration(Duration.ofMinutes(5))
                      .putObjectRequest(r -> r.bucket("lake").key("a b")))
              .url()
              .toURI();
      assertThat(send("PUT", put.getRawPath() + "?" + put.getRawQuery(), "text").statusCode())
          .isEqualTo(200);
      URI get =
          presigner
              .presignGetObject(p ->
                  p.signatureDuration(Duration.ofMinutes(5))
                      .getObjectRequest(r ->
                          r.bucket("lake")
                              .key("a b")
                              .responseContentType("text/y")
                              .responseContentDisposition("attachment")))
              .url()
              .toURI();
      var answer = send("GET", get.getRawPath() + "?" + get.getRawQuery(), "");
      assertThat(answer.body()).isEqualTo("text");
      assertThat(answer.headers().firstValue("content-type")).contains("text/y");
      assertThat(answer.headers().firstValue("content-disposition")).contains("attachment");
    }
    var old =
        send(
            "GET", "/lake/a%20b?AWSAccessKeyId=000000000000&Signature=x%3D&Expires=9999999999", "");
    assertThat(old.body()).isEqualTo("text");
    var other =
        send(
            "GET", "/lake/a%20b?AWSAccessKeyId=111111111111&Signature=x%3D&Expires=9999999999", "");
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.body()).contains("<Code>AccessDenied</Code>");
  }
}
