package dev.polder.s3;

import dev.polder.kernel.Scope;
import dev.polder.kernel.checksum.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// Objects in parts.
final class MultipartOperations {
  private static final int LAST_PART = 10_000;

  private final S3Storage s3;

  MultipartOperations(S3Storage s3) {
    this.s3 = s3;
  }

  CreateMultipartUploadResponse begin(Scope scope, CreateMultipartUploadRequest r)
      throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    var members = Members.of(r);
    var address = new Address(r.bucket(), r.key());
    Checksum algorithm = members.algorithm().orElse(null);
    boolean composite = composite(algorithm, members.text("ChecksumType"));
    Instant now = s3.time().instant();
    // The time in front makes ids sort as S3 lists the uploads of a key.
    String id = "%013x%s".formatted(now.toEpochMilli(), s3.ids().uuid().replace("-", ""));
    s3.uploads().begin(new Upload(address, id, now, members.metadata(), algorithm, composite));
    return CreateMultipartUploadResponse.builder()
        .bucket(r.bucket())
        .key(r.key())
        .uploadId(id)
        .checksumAlgorithm(algorithm == null ? null : algorithm.name())
        .checksumType(algorithm == null ? null : composite ? "COMPOSITE" : "FULL_OBJECT")
        .serverSideEncryption(r.serverSideEncryptionAsString())
        .build();
  }

  /// What kind of checksum the whole gets; S3 refuses the pairs that it cannot compute.
  private static boolean composite(@Nullable Checksum algorithm, Optional<String> type) {
    if (type.isEmpty()) {
      return algorithm != Checksum.CRC64NVME;
    }
    if (algorithm == null) {
      throw S3Errors.invalidRequest(
          "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
              + " header.");
    }
    boolean composite = type.get().equals("COMPOSITE");
    if (composite ? algorithm == Checksum.CRC64NVME : !algorithm.combines()) {
      throw S3Errors.invalidRequest(
          "The "
              + type.get()
              + " checksum type cannot be used with the "
              + algorithm.name().toLowerCase(Locale.ROOT)
              + " checksum algorithm.");
    }
    return composite;
  }

  UploadPartResponse part(Scope scope, UploadPartRequest r, RequestBody body) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    var members = Members.of(r);
    Upload upload = s3.uploads().find(new Address(r.bucket(), r.key()), r.uploadId());
    int number = number(r.partNumber());
    GivenDigests given = fitting(members.digests(), upload);
    try (Draft draft = s3.objects().draft(given.wanted());
        InputStream in = body.contentStreamProvider().newStream()) {
      draft.write(in, ObjectOperations.length(r.contentLength(), body));
      given.verify(draft);
      Part part = keep(upload, number, draft, given);
      var answer = UploadPartResponse.builder().eTag('"' + part.etag() + '"');
      return ChecksumMembers.set(answer, given.sum(draft)).build();
    }
  }

  private static GivenDigests fitting(GivenDigests given, Upload upload) {
    Checksum own = upload.algorithm();
    if (own != null && given.algorithm() != null && given.algorithm() != own) {
      throw S3Errors.invalidRequest(
          "Checksum Type mismatch occurred, expected checksum Type: "
              + own.name().toLowerCase(Locale.ROOT)
              + ", actual checksum Type: "
              + given.algorithm().name().toLowerCase(Locale.ROOT));
    }
    return given.orCompute(own);
  }

  private Part keep(Upload upload, int number, Draft draft, GivenDigests given) throws IOException {
    draft.sync();
    String file = number + "-" + s3.ids().uuid();
    boolean same = given.algorithm() == upload.algorithm();
    String sum =
        same && upload.algorithm() != null ? draft.checksum(upload.algorithm()).orElse(null) : null;
    var part = new Part(number, file, draft.size(), draft.etag(), sum, s3.time().instant());
    s3.uploads().keep(upload, part, draft.file());
    return part;
  }

  private static int number(@Nullable Integer number) {
    if (number == null || number < 1 || number > LAST_PART) {
      throw S3Errors.invalidArgument(
          "Part number must be an integer between 1 and 10000, inclusive");
    }
    return number;
  }

  UploadPartCopyResponse copy(Scope scope, UploadPartCopyRequest r) throws IOException {
    var target = CopySource.target(r);
    s3.buckets().open(target.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    Upload upload = s3.uploads().find(target, r.uploadId());
    int number = number(r.partNumber());
    var from = CopySource.of(r);
    s3.buckets().open(from.bucket(), scope, r.expectedSourceBucketOwner());
    try (var source = s3.objects().open(from).orElseThrow(S3Errors::noSuchKey)) {
      new ReadCondition(
              r.copySourceIfMatch(),
              r.copySourceIfNoneMatch(),
              r.copySourceIfModifiedSince(),
              r.copySourceIfUnmodifiedSince())
          .checkSource(source.object());
      long size = source.object().size();
      var range =
          r.copySourceRange() == null
              ? new ByteRange(0, size)
              : ByteRange.exact(r.copySourceRange(), size);
      return copy(source, range, upload, number);
    }
  }

  private UploadPartCopyResponse copy(
      ObjectFiles.Opened source, ByteRange range, Upload upload, int number) throws IOException {
    var digests = new GivenDigests(upload.algorithm(), null, null);
    try (Draft draft = s3.objects().draft(digests.wanted())) {
      source.channel().position(range.first());
      var in = new SliceStream(Channels.newInputStream(source.channel()), range.length());
      draft.write(in, OptionalLong.of(range.length()));
      Part part = keep(upload, number, draft, digests);
      var result =
          CopyPartResult.builder()
              .eTag('"' + part.etag() + '"')
              .lastModified(part.modified().truncatedTo(ChronoUnit.SECONDS));
      ChecksumMembers.set(result, digests.sum(draft));
      return UploadPartCopyResponse.builder().copyPartResult(result.build()).build();
    }
  }

  CompleteMultipartUploadResponse complete(Scope scope, CompleteMultipartUploadRequest r)
      throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    var members = Members.of(r);
    var address = new Address(r.bucket(), r.key());
    Upload upload = s3.uploads().find(address, r.uploadId());
    List<CompletedPart> given =
        r.multipartUpload() == null ? List.of() : r.multipartUpload().parts();
    List<Uploads.Named> named =
        given.stream().map(each -> named(each, upload.algorithm())).toList();
    var completion =
        new Uploads.Completion(
            named,
            expected(members, upload),
            r.mpuObjectSize(),
            WriteCondition.of(r.ifMatch(), r.ifNoneMatch()),
            s3.time().instant());
    ObjectMetadata metadata = s3.uploads().complete(address, r.uploadId(), completion);
    return answer(address, metadata);
  }

  private static @Nullable String expected(Members members, Upload upload) {
    var type = members.text("ChecksumType");
    if (type.isPresent() && !type.get().equals(upload.composite() ? "COMPOSITE" : "FULL_OBJECT")) {
      throw S3Errors.invalidRequest(
          "The upload was created using the "
              + (upload.composite() ? "COMPOSITE" : "FULL_OBJECT")
              + " checksum mode. The complete request must use the same checksum mode.");
    }
    Checksum algorithm = upload.algorithm();
    return algorithm == null ? null : members.text("Checksum" + algorithm).orElse(null);
  }

  private static Uploads.Named named(CompletedPart part, @Nullable Checksum algorithm) {
    if (part.partNumber() == null || part.eTag() == null) {
      throw S3Errors.malformedXml();
    }
    String checksum = algorithm == null ? null : ChecksumMembers.value(part, algorithm);
    return new Uploads.Named(part.partNumber(), part.eTag().replace("\"", ""), checksum);
  }

  private static CompleteMultipartUploadResponse answer(Address address, ObjectMetadata metadata) {
    var answer =
        CompleteMultipartUploadResponse.builder()
            .bucket(address.bucket())
            .key(address.key())
            .location("/" + address.bucket() + "/" + address.key())
            .eTag('"' + metadata.etag() + '"')
            .serverSideEncryption(metadata.headers().get(ObjectMetadata.ENCRYPTION));
    return ChecksumMembers.set(answer, metadata.checksum()).build();
  }

  AbortMultipartUploadResponse abort(Scope scope, AbortMultipartUploadRequest r)
      throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    s3.uploads().abort(new Address(r.bucket(), r.key()), r.uploadId());
    return AbortMultipartUploadResponse.builder().build();
  }
}
