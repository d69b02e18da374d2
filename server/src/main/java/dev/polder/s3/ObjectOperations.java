package dev.polder.s3;

import dev.polder.kernel.Scope;
import dev.polder.kernel.checksum.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/// Objects in one piece: put, get, head, copy, delete.
final class ObjectOperations {
  private static final int DELETE_KEYS = 1000;

  private final S3Storage s3;

  ObjectOperations(S3Storage s3) {
    this.s3 = s3;
  }

  PutObjectResponse put(Scope scope, PutObjectRequest r, RequestBody body) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    var members = Members.of(r);
    var address = new Address(r.bucket(), r.key());
    var condition = WriteCondition.of(r.ifMatch(), r.ifNoneMatch());
    ObjectMetadata asked = members.metadata();
    GivenDigests given = members.digests();
    if (!condition.equals(WriteCondition.NONE)) {
      condition.check(s3.objects().find(address));
    }
    try (Draft draft = s3.objects().draft(given.wanted());
        InputStream in = body.contentStreamProvider().newStream()) {
      draft.write(in, length(r.contentLength(), body));
      given.verify(draft);
      ObjectMetadata metadata = given.describe(asked, draft);
      place(draft, address, metadata, condition);
      return ObjectAnswers.put(metadata, draft.size());
    }
  }

  /// The number of bytes that a body must have.
  static OptionalLong length(@Nullable Long given, RequestBody body) {
    if (given != null) {
      return OptionalLong.of(given);
    }
    return body.optionalContentLength().map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private Instant place(
      Draft draft, Address address, ObjectMetadata metadata, WriteCondition condition)
      throws IOException {
    Instant now = s3.time().instant();
    draft.describe(s3.objects().metadata(), address, metadata, now);
    draft.sync();
    Disk.sync(s3.objects().place(draft.file(), address, condition));
    return now;
  }

  <T> T get(Scope scope, GetObjectRequest r, ResponseTransformer<GetObjectResponse, T> transformer)
      throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    var members = Members.of(r);
    var address = new Address(r.bucket(), r.key());
    var opened = s3.objects().open(address).orElseThrow(S3Errors::noSuchKey);
    try {
      StoredObject object = opened.object();
      condition(r.ifMatch(), r.ifNoneMatch(), r.ifModifiedSince(), r.ifUnmodifiedSince())
          .check(object);
      var slice = Slice.of(object, r.range(), r.partNumber());
      var response = ObjectAnswers.get(object, slice, members);
      opened.channel().position(slice.range().first());
      InputStream in = Channels.newInputStream(opened.channel());
      return Transfer.answer(transformer, response, new SliceStream(in, slice.range().length()));
    } catch (RuntimeException | IOException e) {
      opened.close();
      throw e;
    }
  }

  HeadObjectResponse head(Scope scope, HeadObjectRequest r) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    var members = Members.of(r);
    StoredObject object =
        s3.objects().find(new Address(r.bucket(), r.key())).orElseThrow(S3Errors::noSuchKey);
    condition(r.ifMatch(), r.ifNoneMatch(), r.ifModifiedSince(), r.ifUnmodifiedSince())
        .check(object);
    return ObjectAnswers.head(object, Slice.of(object, r.range(), r.partNumber()), members);
  }

  private static ReadCondition condition(
      @Nullable String ifMatch,
      @Nullable String ifNoneMatch,
      @Nullable Instant ifModifiedSince,
      @Nullable Instant ifUnmodifiedSince) {
    return new ReadCondition(ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince);
  }

  CopyObjectResponse copy(Scope scope, CopyObjectRequest r) throws IOException {
    var target = CopySource.target(r);
    s3.buckets().open(target.bucket(), scope, r.expectedBucketOwner());
    var members = Members.of(r);
    var from = CopySource.of(r);
    s3.buckets().open(from.bucket(), scope, r.expectedSourceBucketOwner());
    try (var source = s3.objects().open(from).orElseThrow(S3Errors::noSuchKey)) {
      condition(
              r.copySourceIfMatch(),
              r.copySourceIfNoneMatch(),
              r.copySourceIfModifiedSince(),
              r.copySourceIfUnmodifiedSince())
          .checkSource(source.object());
      if (source.object().size() > Draft.LARGEST) {
        throw S3Errors.invalidRequest(
            "The specified copy source is larger than the maximum allowable size for a copy source:"
                + " 5368709120");
      }
      ObjectMetadata asked = copied(r, members, source.object(), target);
      return copy(source, target, asked, members);
    }
  }

  private CopyObjectResponse copy(
      ObjectFiles.Opened source, Address target, ObjectMetadata asked, Members members)
      throws IOException {
    var condition =
        WriteCondition.of(
            members.text("IfMatch").orElse(null), members.text("IfNoneMatch").orElse(null));
    Checksum wanted = members.algorithm().or(() -> algorithm(source.object())).orElse(null);
    var digests = new GivenDigests(wanted, null, null);
    try (Draft draft = s3.objects().draft(digests.wanted())) {
      draft.write(
          new SliceStream(Channels.newInputStream(source.channel()), source.object().size()),
          OptionalLong.of(source.object().size()));
      ObjectMetadata metadata = digests.describe(asked, draft);
      Instant now = place(draft, target, metadata, condition);
      return ObjectAnswers.copy(metadata, now);
    }
  }

  private static Optional<Checksum> algorithm(StoredObject object) {
    return Optional.ofNullable(object.metadata().checksum()).map(ObjectMetadata.Sum::algorithm);
  }

  /// What a copy has: what the source has, except what the directives replace.
  private static ObjectMetadata copied(
      CopyObjectRequest r, Members members, StoredObject source, Address target) {
    boolean replace = r.metadataDirective() == MetadataDirective.REPLACE;
    ObjectMetadata own = members.metadata();
    boolean sameClass = own.header(ObjectMetadata.STORAGE_CLASS).isEmpty();
    boolean sameKeys = own.header(ObjectMetadata.ENCRYPTION).isEmpty();
    if (source.address().equals(target) && !replace && sameClass && sameKeys) {
      throw S3Errors.invalidRequest(
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class, website redirect location or"
              + " encryption attributes.");
    }
    Map<String, String> tags =
        r.taggingDirective() == TaggingDirective.REPLACE ? own.tags() : source.metadata().tags();
    ObjectMetadata base = replace ? own : source.metadata();
    var headers = new LinkedHashMap<>(base.headers());
    headers.remove(ObjectMetadata.STORAGE_CLASS);
    headers.remove(ObjectMetadata.ENCRYPTION);
    for (String each : List.of(ObjectMetadata.STORAGE_CLASS, ObjectMetadata.ENCRYPTION)) {
      own.header(each).ifPresent(value -> headers.put(each, value));
    }
    return new ObjectMetadata("", headers, base.user(), tags, null, List.of());
  }

  DeleteObjectResponse delete(Scope scope, DeleteObjectRequest r) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    var condition = WriteCondition.of(r.ifMatch(), null);
    var folder = s3.objects().remove(new Address(r.bucket(), r.key()), condition);
    if (folder.isPresent()) {
      Disk.sync(folder.get());
    }
    return DeleteObjectResponse.builder().build();
  }

  DeleteObjectsResponse deleteAll(Scope scope, DeleteObjectsRequest r) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    List<ObjectIdentifier> keys = r.delete() == null ? List.of() : r.delete().objects();
    if (keys.isEmpty() || keys.size() > DELETE_KEYS) {
      throw S3Errors.malformedXml();
    }
    var deleted = new ArrayList<DeletedObject>();
    var errors = new ArrayList<S3Error>();
    Set<Path> folders = new LinkedHashSet<>();
    for (ObjectIdentifier each : keys) {
      try {
        removeOne(r.bucket(), each).ifPresent(folders::add);
        deleted.add(DeletedObject.builder().key(each.key()).build());
      } catch (S3Exception e) {
        var details = e.awsErrorDetails();
        errors.add(
            S3Error.builder()
                .key(each.key())
                .versionId(each.versionId())
                .code(details.errorCode())
                .message(details.errorMessage())
                .build());
      }
    }
    syncThatExist(folders);
    boolean quiet = Boolean.TRUE.equals(r.delete().quiet());
    return DeleteObjectsResponse.builder()
        .deleted(quiet ? null : deleted)
        .errors(errors.isEmpty() ? null : errors)
        .build();
  }

  private Optional<Path> removeOne(String bucket, ObjectIdentifier each) throws IOException {
    if (each.versionId() != null && !each.versionId().equals("null")) {
      throw S3Errors.missing("NoSuchVersion", "The specified version does not exist.");
    }
    if (each.lastModifiedTime() != null || each.size() != null) {
      throw S3Errors.notImplemented("LastModifiedTime and Size of a key to delete");
    }
    String key = each.key() == null ? "" : each.key();
    return s3.objects().remove(new Address(bucket, key), WriteCondition.of(each.eTag(), null));
  }

  /// A folder that was emptied later is gone; the removal that took it names one that is left.
  private static void syncThatExist(Set<Path> folders) throws IOException {
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        Disk.sync(folder);
      }
    }
  }
}
