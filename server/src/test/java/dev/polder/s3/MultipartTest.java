package dev.polder.s3;

import static dev.polder.s3.S3Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.checksum.Checksum;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.Part;

/// Objects in parts.
final class MultipartTest extends LakeFixture {
  private static final int MIB = 1 << 20;

  private String begin(String key) {
    return fixture.s3.createMultipartUpload(r -> r.bucket("lake").key(key)).uploadId();
  }

  private CompletedPart part(String key, String id, int number, byte[] bytes) {
    var answer =
        fixture.s3.uploadPart(
            r -> r.bucket("lake").key(key).uploadId(id).partNumber(number),
            RequestBody.fromBytes(bytes));
    return CompletedPart.builder().partNumber(number).eTag(answer.eTag()).build();
  }

  private String complete(String key, String id, CompletedPart... parts) {
    return fixture
        .s3
        .completeMultipartUpload(
            r -> r.bucket("lake").key(key).uploadId(id).multipartUpload(u -> u.parts(parts)))
        .eTag();
  }

  private static byte[] bytes(int length, int value) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void partsBecomeOneFile() throws Exception {
    String id =
        fixture
            .s3
            .createMultipartUpload(
                r -> r.bucket("lake").key("a/b").contentType("text/x").metadata(Map.of("m", "1")))
            .uploadId();
    var second = part("a/b", id, 7, bytes(100, 2));
    part("a/b", id, 3, bytes(5 * MIB, 9));
    var first = part("a/b", id, 3, bytes(5 * MIB, 1));
    assertThat(fixture.keys("")).isEmpty();
    fixture.close();
    fixture = new S3Fixture(directory);

    String etag = complete("a/b", id, first, second);

    assertThat(etag).endsWith("-2\"");
    assertThat(fixture.root.resolve("lake/a/b")).hasSize(5 * MIB + 100);
    var head = fixture.s3.headObject(r -> r.bucket("lake").key("a/b"));
    assertThat(head.eTag()).isEqualTo(etag);
    assertThat(head.contentType()).isEqualTo("text/x");
    var last = fixture.s3.getObjectAsBytes(r -> r.bucket("lake").key("a/b").partNumber(2));
    assertThat(last.asByteArray()).isEqualTo(bytes(100, 2));
    assertThat(last.response().partsCount()).isEqualTo(2);
    assertThat(
            fixture
                .s3
                .getObjectAttributes(r ->
                    r.bucket("lake")
                        .key("a/b")
                        .objectAttributes(
                            ObjectAttributes.OBJECT_PARTS, ObjectAttributes.OBJECT_SIZE))
                .objectParts()
                .totalPartsCount())
        .isEqualTo(2);
    assertThat(fixture.root.resolve(".upload")).isEmptyDirectory();
    assertRefused("NoSuchUpload", 404, () -> complete("a/b", id, first, second));
  }

  @Test
  void whatCannotBeCompletedIsNamedAndStaysOpen() {
    String id = begin("a");
    var small = part("a", id, 1, bytes(10, 1));
    var next = part("a", id, 2, bytes(10, 2));
    var wrong = CompletedPart.builder().partNumber(1).eTag("\"" + "0".repeat(32) + "\"").build();
    var none = CompletedPart.builder().partNumber(3).eTag(small.eTag()).build();

    assertRefused("EntityTooSmall", 400, () -> complete("a", id, small, next));
    assertRefused("InvalidPart", 400, () -> complete("a", id, wrong));
    assertRefused("InvalidPart", 400, () -> complete("a", id, small, none));
    assertRefused("InvalidPartOrder", 400, () -> complete("a", id, next, small));
    assertRefused("InvalidPartOrder", 400, () -> complete("a", id, small, small));
    assertRefused("MalformedXML", 400, () -> complete("a", id));
    assertRefused("NoSuchUpload", 404, () -> complete("b", id, small));
    assertRefused("NoSuchUpload", 404, () -> part("a", "unknown", 1, bytes(1, 1)));
    assertRefused("InvalidArgument", 400, () -> part("a", id, 0, bytes(1, 1)));
    assertRefused("InvalidArgument", 400, () -> part("a", id, 10_001, bytes(1, 1)));
    assertRefused(
        "InvalidRequest",
        400,
        () ->
            fixture.s3.completeMultipartUpload(r ->
                r.bucket("lake")
                    .key("a")
                    .uploadId(id)
                    .mpuObjectSize(11L)
                    .multipartUpload(u -> u.parts(small))));
    assertThat(fixture.keys("")).isEmpty();

    complete("a", id, small);
    assertThat(fixture.keys("")).containsExactly("a");
  }

  @Test
  void anAbortedUploadIsGone() {
    String id = begin("a");
    part("a", id, 1, bytes(10, 1));

    fixture.s3.abortMultipartUpload(r -> r.bucket("lake").key("a").uploadId(id));

    assertThat(fixture.root.resolve(".upload")).isEmptyDirectory();
    assertRefused(
        "NoSuchUpload",
        404,
        () -> fixture.s3.listParts(r -> r.bucket("lake").key("a").uploadId(id)));
    assertRefused(
        "NoSuchUpload",
        404,
        () -> fixture.s3.abortMultipartUpload(r -> r.bucket("lake").key("a").uploadId(id)));
  }

  @Test
  void partsAndUploadsAreListedInPages() {
    String id = begin("dir/a");
    for (int number : List.of(5, 1, 10_000)) {
      part("dir/a", id, number, bytes(number % 7, 1));
    }
    String again = begin("dir/a");
    String other = begin("b");
    String third = begin("dir/x/y");

    assertThat(
            fixture
                .s3
                .listPartsPaginator(r -> r.bucket("lake").key("dir/a").uploadId(id).maxParts(2))
                .parts())
        .map(Part::partNumber)
        .containsExactly(1, 5, 10_000);
    var all = fixture.s3.listMultipartUploads(r -> r.bucket("lake")).uploads();
    assertThat(all).map(MultipartUpload::key).containsExactly("b", "dir/a", "dir/a", "dir/x/y");
    assertThat(all).map(MultipartUpload::uploadId).contains(id, again, other, third);
    assertThat(
            fixture.s3.listMultipartUploadsPaginator(r -> r.bucket("lake").maxUploads(1)).uploads())
        .map(MultipartUpload::uploadId)
        .containsExactlyElementsOf(all.stream().map(MultipartUpload::uploadId).toList());
    var grouped =
        fixture.s3.listMultipartUploads(r -> r.bucket("lake").prefix("dir/").delimiter("/"));
    assertThat(grouped.uploads()).hasSize(2);
    assertThat(grouped.commonPrefixes()).map(each -> each.prefix()).containsExactly("dir/x/");
  }

  @Test
  void aPartMayBeARangeOfAnObject() {
    fixture.put("from", "0123456789");
    String id = begin("to");
    var copied =
        fixture.s3.uploadPartCopy(r ->
            r.sourceBucket("lake")
                .sourceKey("from")
                .copySourceRange("bytes=2-4")
                .destinationBucket("lake")
                .destinationKey("to")
                .uploadId(id)
                .partNumber(1));

    complete(
        "to",
        id,
        CompletedPart.builder().partNumber(1).eTag(copied.copyPartResult().eTag()).build());

    assertThat(fixture.get("to")).isEqualTo("234");
    for (String range : List.of("bytes=2-", "bytes=0-10", "2-4")) {
      assertRefused(
          "InvalidArgument",
          400,
          () ->
              fixture.s3.uploadPartCopy(r ->
                  r.sourceBucket("lake")
                      .sourceKey("from")
                      .copySourceRange(range)
                      .destinationBucket("lake")
                      .destinationKey("to")
                      .uploadId(begin("to"))
                      .partNumber(1)));
    }
  }

  @ParameterizedTest
  @EnumSource(Checksum.class)
  void theChecksumOfTheWholeFollowsFromTheParts(Checksum algorithm) {
    boolean whole = algorithm.combines();
    String id =
        fixture
            .s3
            .createMultipartUpload(r ->
                r.bucket("lake")
                    .key("a")
                    .checksumAlgorithm(algorithm.name())
                    .checksumType(whole ? "FULL_OBJECT" : "COMPOSITE"))
            .uploadId();
    byte[] first = bytes(5 * MIB, 1);
    byte[] second = bytes(12345, 2);
    complete("a", id, part("a", id, 1, first), part("a", id, 2, second));

    var head =
        fixture.s3.headObject(r -> r.bucket("lake").key("a").checksumMode(ChecksumMode.ENABLED));

    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    String told = head.getValueForField("Checksum" + algorithm, String.class).orElseThrow();
    assertThat(head.checksumTypeAsString()).isEqualTo(whole ? "FULL_OBJECT" : "COMPOSITE");
    if (whole) {
      assertThat(told).isEqualTo(algorithm.of(all));
    } else {
      assertThat(told).endsWith("-2");
    }
    var parts =
        fixture
            .s3
            .getObjectAttributes(r ->
                r.bucket("lake")
                    .key("a")
                    .objectAttributes(ObjectAttributes.OBJECT_PARTS)
                    .maxParts(1)
                    .partNumberMarker(1))
            .objectParts();
    assertThat(parts.parts()).singleElement().matches(each -> each.size() == second.length);
  }
}
