package dev.polder.s3;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Hands an object to the caller's transformer as the SDK's own client does.
final class Transfer {
  private Transfer() {}

  static <T> T answer(
      ResponseTransformer<GetObjectResponse, T> transformer,
      GetObjectResponse response,
      InputStream bytes)
      throws IOException {
    try {
      T result =
          transformer.transform(response, AbortableInputStream.create(bytes, () -> close(bytes)));
      if (!transformer.needsConnectionLeftOpen()) {
        bytes.close();
      }
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted while an object was read", e);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw NonRetryableException.builder().cause(e).build();
    }
  }

  private static void close(InputStream bytes) {
    try {
      bytes.close();
    } catch (IOException e) {
      throw S3Errors.disk(e);
    }
  }
}
