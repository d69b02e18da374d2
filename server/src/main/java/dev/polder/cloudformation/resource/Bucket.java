package dev.polder.cloudformation.resource;

import dev.polder.shape.TagLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/// `AWS::S3::Bucket`. Encryption, ownership and public access can be given as what a new bucket has
/// at AWS anyway.
final class Bucket implements ResourceType {
  private static final Map<String, Object> PRIVATE =
      Map.of(
          "BlockPublicAcls", true,
          "BlockPublicPolicy", true,
          "IgnorePublicAcls", true,
          "RestrictPublicBuckets", true);
  private static final Object OWNED =
      Map.of("Rules", List.of(Map.of("ObjectOwnership", "BucketOwnerEnforced")));
  private static final Object ENCRYPTED =
      Map.of(
          "ServerSideEncryptionConfiguration",
          List.of(Map.of("ServerSideEncryptionByDefault", Map.of("SSEAlgorithm", "AES256"))));

  @Override
  public String name() {
    return "AWS::S3::Bucket";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of(
            "BucketName", Shape.SCALAR,
            "Tags", Shape.TAGS,
            "PublicAccessBlockConfiguration", Shape.FREE,
            "OwnershipControls", Shape.FREE,
            "BucketEncryption", Shape.FREE),
        Set.of());
  }

  @Override
  public List<String> problems(Map<String, Object> written) {
    List<String> problems = new ArrayList<>();
    only(written, "PublicAccessBlockConfiguration", PRIVATE, problems);
    only(written, "OwnershipControls", OWNED, problems);
    only(written, "BucketEncryption", ENCRYPTED, problems);
    return problems;
  }

  private static void only(
      Map<String, Object> written, String property, Object value, List<String> problems) {
    if (written.containsKey(property) && !value.equals(written.get(property))) {
      problems.add("#/" + property + ": only " + value + " is supported");
    }
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn", "DomainName", "RegionalDomainName");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("BucketName");
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("BucketName", 63).toLowerCase(Locale.ROOT);
    call.make(
        BucketAlreadyOwnedByYouException.class,
        () -> call.client(S3Client.class).createBucket(request(name, call.scope().region())));
    if (!call.tags().isEmpty()) {
      tag(call, name);
    }
    return made(call, name);
  }

  // Every region but the first wants to be named, and the first wants not to be:
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  private static CreateBucketRequest request(String name, String region) {
    var request = CreateBucketRequest.builder().bucket(name);
    if (!region.equals("us-east-1")) {
      request.createBucketConfiguration(c -> c.locationConstraint(region));
    }
    return request.build();
  }

  private static Made made(ResourceCall call, String name) {
    return Made.named(
        name,
        Map.of(
            "Arn", "arn:aws:s3:::" + name,
            "DomainName", name + ".s3.amazonaws.com",
            "RegionalDomainName", name + ".s3." + call.scope().region() + ".amazonaws.com"));
  }

  private static void tag(ResourceCall call, String bucket) {
    List<Tag> tags =
        TagLists.of(call.tags(), (key, value) -> Tag.builder().key(key).value(value).build());
    Tagging all = Tagging.builder().tagSet(tags).build();
    call.client(S3Client.class).putBucketTagging(b -> b.bucket(bucket).tagging(all));
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    if (!call.tags().equals(ResourceCall.tags(old))) {
      tag(call, before.physicalId());
    }
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        NoSuchBucketException.class,
        () -> call.client(S3Client.class).deleteBucket(b -> b.bucket(made.physicalId())));
  }
}
