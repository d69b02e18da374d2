package dev.polder.s3;

import static dev.polder.s3.S3Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/// Objects in one piece.
final class ObjectsTest extends LakeFixture {
  @Test
  void anObjectIsAPlainFileWithItsMd5AsETag() throws Exception {
    String etag = fixture.put("raw/year=2020/month=5/a:b.json", "hello");

    assertThat(etag).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(fixture.root.resolve("lake/raw/year=2020/month=5/a:b.json")).hasContent("hello");
    assertThat(fixture.get("raw/year=2020/month=5/a:b.json")).isEqualTo("hello");
    assertThat(fixture.lake.file("lake", "raw/year=2020/month=5/a:b.json"))
        .isEqualTo(fixture.root.resolve("lake/raw/year=2020/month=5/a:b.json"));
  }

  @Test
  void whatWasPutIsThereAfterARestart() {
    fixture.s3.putObject(
        r -> r.bucket("lake").key("a").contentType("text/x").metadata(Map.of("Owner", "me")),
        RequestBody.fromString("1"));
    fixture.close();
    fixture = new S3Fixture(directory);

    var head = fixture.s3.headObject(r -> r.bucket("lake").key("a"));

    assertThat(head.contentType()).isEqualTo("text/x");
    assertThat(head.metadata()).containsExactly(Map.entry("owner", "me"));
    assertThat(head.contentLength()).isEqualTo(1);
    assertThat(head.lastModified()).isEqualTo(fixture.platform.time().instant());
  }

  @Test
  void aFilePutByHandIsAnObject() throws Exception {
    Files.createDirectories(fixture.root.resolve("lake/by"));
    Files.writeString(fixture.root.resolve("lake/by/hand"), "text");

    var head = fixture.s3.headObject(r -> r.bucket("lake").key("by/hand"));

    assertThat(head.eTag()).matches("\"[0-9a-f]{32}-1\"");
    assertThat(head.eTag())
        .isEqualTo(fixture.s3.headObject(r -> r.bucket("lake").key("by/hand")).eTag());
    assertThat(fixture.keys("")).containsExactly("by/hand");
  }

  @Test
  void aFileChangedByHandGetsAnotherETagAndKeepsItsType() throws Exception {
    fixture.s3.putObject(
        r -> r.bucket("lake").key("a").contentType("text/x"), RequestBody.fromString("1"));
    Files.writeString(fixture.root.resolve("lake/a"), "22");

    var head = fixture.s3.headObject(r -> r.bucket("lake").key("a"));

    assertThat(head.eTag()).matches("\"[0-9a-f]{32}-1\"");
    assertThat(head.contentType()).isEqualTo("text/x");
  }

  @Test
  void metadataTooLargeForAnAttributeIsKeptAside() {
    var tags =
        IntStream.range(0, 10)
            .mapToObj(i -> Tag.builder().key("k" + i).value("é".repeat(250)).build())
            .toList();
    fixture.put("a", "1");
    fixture.s3.putObjectTagging(r -> r.bucket("lake").key("a").tagging(t -> t.tagSet(tags)));

    fixture.close();
    fixture = new S3Fixture(directory);
    assertThat(fixture.s3.getObjectTagging(r -> r.bucket("lake").key("a")).tagSet())
        .isEqualTo(tags);
    assertThat(fixture.s3.headObject(r -> r.bucket("lake").key("a")).eTag())
        .isEqualTo("\"c4ca4238a0b923820dcc509a6f75849b\"");

    fixture.put("a", "2");
    assertThat(fixture.s3.getObjectTagging(r -> r.bucket("lake").key("a")).tagSet()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../x",
        "a/../b",
        ".",
        "./a",
        "a/./b",
        "/",
        "//",
        "/a",
        "a/",
        "a//",
        "a//b",
        "%2e%2e",
        "a%00b",
        "100%",
        ".~",
        ".~=a",
        ".~@a",
        ".~+a",
        "x\0y",
        "\0",
        "\uD83D\uDE00/\uFF5E",
        "a\nb",
        "a b+c&d",
        "\u0001",
        "back\\slash",
        "~",
        ".polder",
        ".draft/x",
        ".stage"
      })
  void oddKeysAreKeysLikeAnyOther(String key) throws Exception {
    fixture.put(key, "odd");
    fixture.put("ordinary", "1");

    assertThat(fixture.get(key)).isEqualTo("odd");
    assertThat(fixture.keys("")).containsExactlyInAnyOrder(key, "ordinary");
    assertThat(fixture.keys(key)).containsExactly(key);
    assertThat(fixture.lake.file("lake", key)).startsWith(fixture.root.resolve("lake")).exists();
    assertThat(fixture.lake.file("lake", key).normalize()).startsWith(fixture.root.resolve("lake"));
    fixture.s3.deleteObject(r -> r.bucket("lake").key(key));
    assertThat(fixture.keys("")).containsExactly("ordinary");
    try (var left = Files.list(fixture.root.resolve("lake"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void segmentsMayBeAsLongAsAKey() {
    String a = "a".repeat(300);
    String b = "\uD83D\uDE00".repeat(256);
    String c = "\0".repeat(512) + "/" + "%".repeat(511);
    String d = "/".repeat(100);
    for (String key : List.of(a, a + "/x", a.substring(0, 255), b, c, d)) {
      fixture.put(key, "long");
      assertThat(fixture.get(key)).isEqualTo("long");
    }
    assertThat(fixture.keys("")).containsExactly(c, d, a.substring(0, 255), a, a + "/x", b);
    assertThat(fixture.keys(a.substring(0, 280))).containsExactly(a, a + "/x");
    assertRefused("KeyTooLongError", 400, () -> fixture.put("a".repeat(1025), ""));
  }

  @Test
  void anObjectAndAFolderMayHaveOneName() {
    fixture.put("x", "file");
    fixture.put("x/y", "below");
    fixture.put("p/q/r", "below");
    fixture.put("p/q", "file");
    fixture.put("p", "top");

    assertThat(fixture.keys("")).containsExactly("p", "p/q", "p/q/r", "x", "x/y");
    assertThat(fixture.get("x")).isEqualTo("file");
    assertThat(fixture.get("p/q")).isEqualTo("file");
    fixture.put("x", "again");
    assertThat(fixture.get("x")).isEqualTo("again");
    fixture.s3.deleteObject(r -> r.bucket("lake").key("x/y"));
    assertThat(fixture.get("x")).isEqualTo("again");
    fixture.put("x", "third");
    assertThat(fixture.get("x")).isEqualTo("third");
    fixture.s3.deleteObject(r -> r.bucket("lake").key("x"));
    assertRefused("NoSuchKey", 404, () -> fixture.get("x"));
    assertThat(fixture.keys("")).containsExactly("p", "p/q", "p/q/r");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, bytes 0-0/10",
    "bytes=2-4, 234, bytes 2-4/10",
    "bytes=8-, 89, bytes 8-9/10",
    "bytes=-3, 789, bytes 7-9/10",
    "bytes=-30, 0123456789, bytes 0-9/10",
    "bytes=5-99999999999999999999, 56789, bytes 5-9/10",
    "bytes=4-2, 0123456789, ",
    "bytes=0-1;3-4, 0123456789, ",
    "lines=1-2, 0123456789, ",
  })
  void aRangeIsAnsweredOrPassedOver(String range, String expected, String header) {
    fixture.put("a", "0123456789");

    var answer = fixture.s3.getObjectAsBytes(r -> r.bucket("lake").key("a").range(range));

    assertThat(answer.asUtf8String()).isEqualTo(expected);
    assertThat(answer.response().contentRange()).isEqualTo(header);
    assertThat(answer.response().contentLength()).isEqualTo(expected.length());
  }

  @Test
  void aRangeBeyondTheObjectIsRefused() {
    fixture.put("a", "0123456789");
    fixture.put("empty", "");

    for (String range : List.of("bytes=10-", "bytes=10-20", "bytes=-0")) {
      assertRefused(
          "InvalidRange",
          416,
          () -> fixture.s3.getObject(r -> r.bucket("lake").key("a").range(range)));
    }
    assertRefused(
        "InvalidRange",
        416,
        () -> fixture.s3.getObject(r -> r.bucket("lake").key("empty").range("bytes=0-")));
  }

  @Test
  void readsMayBeConditional() {
    String etag = fixture.put("a", "1");
    var now = fixture.platform.time().instant();

    assertRefused(
        "PreconditionFailed",
        412,
        () -> fixture.s3.getObject(r -> r.bucket("lake").key("a").ifMatch("\"other\"")));
    assertRefused(
        "NotModified",
        304,
        () -> fixture.s3.getObject(r -> r.bucket("lake").key("a").ifNoneMatch(etag)));
    assertRefused(
        "NotModified",
        304,
        () -> fixture.s3.headObject(r -> r.bucket("lake").key("a").ifModifiedSince(now)));
    assertRefused(
        "PreconditionFailed",
        412,
        () ->
            fixture.s3.headObject(
                r -> r.bucket("lake").key("a").ifUnmodifiedSince(now.minusSeconds(1))));
    assertThat(
            fixture
                .s3
                .headObject(r ->
                    r.bucket("lake").key("a").ifMatch(etag).ifUnmodifiedSince(now.minusSeconds(1)))
                .eTag())
        .isEqualTo(etag);
  }

  @Test
  void exactlyOneOfManyWritersMakesAnObjectThatMustNotBe() throws Exception {
    var made = new AtomicInteger();
    var refused = new AtomicInteger();
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 32; i++) {
        String text = "writer " + i;
        threads.submit(() -> {
          go.await();
          try {
            fixture.s3.putObject(
                r -> r.bucket("lake").key("lock").ifNoneMatch("*"), RequestBody.fromString(text));
            return made.incrementAndGet();
          } catch (S3Exception e) {
            assertThat(e.statusCode()).isEqualTo(412);
            return refused.incrementAndGet();
          }
        });
      }
      go.countDown();
    }
    assertThat(made).hasValue(1);
    assertThat(refused).hasValue(31);
  }

  @Test
  void aWriteMayDemandWhatItReplaces() {
    String first = fixture.put("a", "1");
    String second =
        fixture
            .s3
            .putObject(r -> r.bucket("lake").key("a").ifMatch(first), RequestBody.fromString("2"))
            .eTag();

    assertRefused(
        "PreconditionFailed",
        412,
        () ->
            fixture.s3.putObject(
                r -> r.bucket("lake").key("a").ifMatch(first), RequestBody.fromString("3")));
    assertRefused(
        "NoSuchKey",
        404,
        () ->
            fixture.s3.putObject(
                r -> r.bucket("lake").key("none").ifMatch(first), RequestBody.fromString("3")));
    assertRefused(
        "NotImplemented",
        501,
        () ->
            fixture.s3.putObject(
                r -> r.bucket("lake").key("a").ifNoneMatch(first), RequestBody.fromString("3")));
    assertThat(fixture.get("a")).isEqualTo("2");
    fixture.s3.deleteObject(r -> r.bucket("lake").key("a").ifMatch(second));
    assertRefused("NoSuchKey", 404, () -> fixture.get("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "CRC32, y/Q5Jg==",
    "CRC32C, 4waSgw==",
    "CRC64NVME, rosUhgp5mIg=",
    "SHA1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
    "SHA256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
  })
  void checksumsAreComputedKeptAndTold(String algorithm, String expected) {
    var put =
        fixture.s3.putObject(
            r -> r.bucket("lake").key("a").checksumAlgorithm(algorithm),
            RequestBody.fromString("123456789"));
    var head =
        fixture.s3.headObject(r -> r.bucket("lake").key("a").checksumMode(ChecksumMode.ENABLED));

    String member = "Checksum" + algorithm;
    assertThat(put.getValueForField(member, String.class)).contains(expected);
    assertThat(head.getValueForField(member, String.class)).contains(expected);
    assertThat(
            fixture
                .s3
                .headObject(r -> r.bucket("lake").key("a"))
                .getValueForField(member, String.class))
        .isEmpty();
  }

  @Test
  void bytesThatAreNotWhatWasSaidAreRefused() {
    fixture.put("a", "before");
    var body = RequestBody.fromString("123456789");

    assertRefused(
        "BadDigest",
        400,
        () -> fixture.s3.putObject(r -> r.bucket("lake").key("a").checksumCRC32("AAAAAA=="), body));
    assertRefused(
        "InvalidRequest",
        400,
        () -> fixture.s3.putObject(r -> r.bucket("lake").key("a").checksumCRC32("AAAA"), body));
    assertRefused(
        "BadDigest",
        400,
        () ->
            fixture.s3.putObject(
                r -> r.bucket("lake").key("a").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="), body));
    assertRefused(
        "InvalidDigest",
        400,
        () -> fixture.s3.putObject(r -> r.bucket("lake").key("a").contentMD5("nonsense"), body));
    assertRefused(
        "IncompleteBody",
        400,
        () -> fixture.s3.putObject(r -> r.bucket("lake").key("a").contentLength(10L), body));
    assertThat(fixture.get("a")).isEqualTo("before");
    assertThat(fixture.root.resolve(".draft")).isEmptyDirectory();
  }

  @Test
  void copyKeepsOrReplacesWhatDescribesTheObject() {
    fixture.s3.putObject(
        r ->
            r.bucket("lake")
                .key("from+a b/é")
                .contentType("text/x")
                .metadata(Map.of("a", "1"))
                .tagging("t=1&u=a%20b"),
        RequestBody.fromString("text"));
    fixture.platform.time().advance(Duration.ofMinutes(1));

    fixture.s3.copyObject(r ->
        r.sourceBucket("lake")
            .sourceKey("from+a b/é")
            .destinationBucket("lake")
            .destinationKey("to"));
    var copy = fixture.s3.headObject(r -> r.bucket("lake").key("to"));
    assertThat(copy.contentType()).isEqualTo("text/x");
    assertThat(copy.metadata()).containsEntry("a", "1");
    assertThat(copy.tagCount()).isEqualTo(2);
    assertThat(copy.lastModified()).isEqualTo(fixture.platform.time().instant());
    assertThat(fixture.s3.getObjectTagging(r -> r.bucket("lake").key("to")).tagSet())
        .containsExactly(
            Tag.builder().key("t").value("1").build(), Tag.builder().key("u").value("a b").build());

    fixture.s3.copyObject(r ->
        r.sourceBucket("lake")
            .sourceKey("to")
            .destinationBucket("lake")
            .destinationKey("to")
            .metadataDirective(MetadataDirective.REPLACE)
            .metadata(Map.of("b", "2")));
    copy = fixture.s3.headObject(r -> r.bucket("lake").key("to"));
    assertThat(copy.metadata()).containsExactly(Map.entry("b", "2"));
    assertThat(copy.contentType()).isEqualTo("binary/octet-stream");
    assertRefused(
        "InvalidRequest",
        400,
        () ->
            fixture.s3.copyObject(r ->
                r.sourceBucket("lake")
                    .sourceKey("to")
                    .destinationBucket("lake")
                    .destinationKey("to")));
    assertRefused(
        "PreconditionFailed",
        412,
        () ->
            fixture.s3.copyObject(r ->
                r.sourceBucket("lake")
                    .sourceKey("to")
                    .destinationBucket("lake")
                    .destinationKey("x")
                    .copySourceIfMatch("other")));
    assertRefused(
        "NoSuchKey",
        404,
        () ->
            fixture.s3.copyObject(r ->
                r.sourceBucket("lake")
                    .sourceKey("none")
                    .destinationBucket("lake")
                    .destinationKey("x")));
  }

  @Test
  void batchDeleteTellsEachKeysFate() {
    fixture.put("a/1", "");
    fixture.put("a/2", "");
    fixture.put("b", "");
    String tooLong = "k".repeat(1025);

    var answer =
        fixture.s3.deleteObjects(r ->
            r.bucket("lake")
                .delete(d ->
                    d.objects(
                        ObjectIdentifier.builder().key("a/1").build(),
                        ObjectIdentifier.builder().key("a/2").build(),
                        ObjectIdentifier.builder().key("none").build(),
                        ObjectIdentifier.builder().key(tooLong).build(),
                        ObjectIdentifier.builder().key("b").versionId("v1").build())));

    assertThat(answer.deleted()).map(each -> each.key()).containsExactly("a/1", "a/2", "none");
    assertThat(answer.errors())
        .map(S3Error::code)
        .containsExactly("KeyTooLongError", "NoSuchVersion");
    assertThat(fixture.keys("")).containsExactly("b");
    assertThat(fixture.root.resolve("lake/a")).doesNotExist();

    var quiet =
        fixture.s3.deleteObjects(r ->
            r.bucket("lake")
                .delete(d -> d.quiet(true).objects(ObjectIdentifier.builder().key("b").build())));
    assertThat(quiet.hasDeleted()).isFalse();
    assertRefused("MalformedXML", 400, () -> fixture.s3.deleteObjects(r -> r.bucket("lake")));
  }

  @Test
  void aReaderKeepsTheObjectThatItOpened() throws Exception {
    fixture.put("a", "old bytes");
    try (var in = fixture.s3.getObject(r -> r.bucket("lake").key("a"))) {
      fixture.put("a", "new");
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("old bytes");
    }
    assertThat(
            fixture
                .s3
                .getObject(r -> r.bucket("lake").key("a"), ResponseTransformer.toBytes())
                .asUtf8String())
        .isEqualTo("new");
  }

  @Test
  void whatPolderHasNotIsRefusedByName() {
    var body = RequestBody.fromString("x");
    assertRefused(
        "NotImplemented",
        501,
        () ->
            fixture.s3.putObject(
                r -> r.bucket("lake").key("a").serverSideEncryption("aws:kms"), body));
    assertRefused(
        "NotImplemented",
        501,
        () ->
            fixture.s3.putObject(
                r -> r.bucket("lake").key("a").sseCustomerAlgorithm("AES256"), body));
    assertRefused(
        "AccessControlListNotSupported",
        400,
        () -> fixture.s3.putObject(r -> r.bucket("lake").key("a").acl("public-read"), body));
    assertRefused(
        "InvalidStorageClass",
        400,
        () -> fixture.s3.putObject(r -> r.bucket("lake").key("a").storageClass("GLACIER"), body));
    assertRefused(
        "InvalidArgument",
        400,
        () -> fixture.s3.getObject(r -> r.bucket("lake").key("a").versionId("v7")));
    assertRefused(
        "MetadataTooLarge",
        400,
        () ->
            fixture.s3.putObject(
                r -> r.bucket("lake").key("a").metadata(Map.of("a", "x".repeat(2048))), body));
    assertRefused(
        "InvalidTag",
        400,
        () -> fixture.s3.putObject(r -> r.bucket("lake").key("a").tagging("a=1&a=2"), body));
    assertThat(fixture.keys("")).isEmpty();
  }
}
