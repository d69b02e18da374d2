package dev.polder.dynamodb;

import dev.polder.kernel.Scope;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.SSEType;

/// The key that is described as encrypting a table. Polder encrypts nothing.
final class Encryption {
  private Encryption() {}

  /// The key that a request asks for; null where it asks for the one that every table has.
  static @Nullable String key(@Nullable SSESpecification given, Scope scope) {
    if (given == null) {
      return null;
    }
    boolean off = Boolean.FALSE.equals(given.enabled());
    requireConsistent(given, off);
    boolean on = Boolean.TRUE.equals(given.enabled()) || given.sseTypeAsString() != null;
    if (off || !on) {
      return null;
    }
    String key = given.kmsMasterKeyId() == null ? "alias/aws/dynamodb" : given.kmsMasterKeyId();
    return key.startsWith("arn:")
        ? key
        : scope.arn("kms", key.startsWith("alias/") ? key : "key/" + key).toString();
  }

  private static void requireConsistent(SSESpecification given, boolean off) {
    if (off && given.sseTypeAsString() != null) {
      throw DynamoDbErrors.parameter("SSEType can not be specified if Enabled is false");
    }
    if (off && given.kmsMasterKeyId() != null) {
      throw DynamoDbErrors.parameter("KMSMasterKeyId can not be specified if Enabled is false");
    }
    if (given.sseType() == SSEType.AES256) {
      throw DynamoDbErrors.parameter("SSEType AES256 is not supported");
    }
    if (given.kmsMasterKeyId() != null && given.sseTypeAsString() == null) {
      throw DynamoDbErrors.parameter("SSEType KMS is required if KMSMasterKeyId is specified");
    }
  }

  /// The key that a table shall have from a change on.
  ///
  /// @param present the key that is described now; null for the one that every table has
  static @Nullable String change(@Nullable String present, SSESpecification given, Scope scope) {
    String wanted = key(given, scope);
    if (wanted == null && present == null) {
      throw DynamoDbErrors.parameter("Table is already encrypted by default");
    }
    if (given.kmsMasterKeyId() != null && wanted != null && wanted.equals(present)) {
      throw DynamoDbErrors.parameter(
          "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if"
              + " you want to change Master Key");
    }
    return wanted;
  }
}
