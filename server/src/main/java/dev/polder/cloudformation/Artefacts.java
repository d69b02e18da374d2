package dev.polder.cloudformation;

import dev.polder.kernel.Digests;
import dev.polder.kernel.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Local files on their way into a bucket, under the hash of their content: what is there already
/// is not sent again.
final class Artefacts {
  private final S3Client s3;
  private final String bucket;
  private boolean ready;

  Artefacts(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  String bucket() {
    return bucket;
  }

  /// Sends a file as it is, or a folder as a zip.
  ///
  /// @return the key in the bucket
  String put(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return put(zipped(path), ".zip");
    }
    String name = path.getFileName().toString();
    int dot = name.indexOf('.', 1);
    return put(Files.readAllBytes(path), dot < 0 ? "" : name.substring(dot));
  }

  /// Sends bytes.
  ///
  /// @param suffix of the key, such as `.zip`
  String put(byte[] bytes, String suffix) {
    String key = Digests.sha256Hex(bytes) + suffix;
    ensureBucket();
    if (!exists(key)) {
      s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }
    return key;
  }

  private void ensureBucket() {
    if (ready) {
      return;
    }
    try {
      s3.headBucket(b -> b.bucket(bucket));
    } catch (NoSuchBucketException _) {
      s3.createBucket(b -> b.bucket(bucket));
    }
    ready = true;
  }

  private boolean exists(String key) {
    try {
      s3.headObject(b -> b.bucket(bucket).key(key));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return false;
      }
      throw e;
    }
  }

  /// The same bytes for the same files: in order, without their times.
  private static byte[] zipped(Path folder) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Path file : Folders.files(folder)) {
        String name =
            folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
