package dev.polder.s3;

import static java.lang.System.Logger.Level.WARNING;

import dev.polder.kernel.Folders;
import dev.polder.kernel.Lake;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.services.s3.S3Client;

/// Amazon S3: buckets as folders below `s3` in the data directory, objects as files in them.
public final class S3Service implements Service<S3Client> {
  private static final System.Logger LOG = System.getLogger(S3Service.class.getName());

  private final Layout layout;
  private final Buckets buckets;
  private final Uploads uploads;
  private final S3Operations operations;
  private final Lake lake;

  public S3Service(Platform platform) {
    this.layout = new Layout(platform.data().resolve("s3"));
    var locks = new Locks(64);
    this.buckets = new Buckets(platform.store(), layout, locks);
    var folders = new FolderNames();
    var objects = new ObjectFiles(layout, folders, new MetadataFiles(platform.store()), locks);
    this.uploads = new Uploads(platform.store(), layout, objects);
    var listing = new Listing(layout, folders, objects, locks);
    this.operations =
        S3Operations.on(
            new S3Storage(buckets, objects, listing, uploads, platform.time(), platform.ids()));
    this.lake = new FileLake(layout, folders, buckets, objects, platform.time(), platform.ids());
  }

  @Override
  public Class<S3Client> type() {
    return S3Client.class;
  }

  @Override
  public S3Client client(Scope scope) {
    return new LocalS3(scope, operations);
  }

  /// The same objects as files, for engines in this process.
  public Lake lake() {
    return lake;
  }

  /// Makes the folders and removes what unfinished writes left. Staged files stay: who staged them
  /// may publish them again.
  @Override
  public void start() {
    if (!"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
      LOG.log(
          WARNING,
          "File names are not UTF-8 in this process: keys with other than ASCII letters will be"
              + " refused. Start it with LC_ALL=C.UTF-8.");
    }
    try {
      Files.createDirectories(layout.root());
      layout.create();
      try (var drafts = Files.newDirectoryStream(layout.drafts())) {
        for (Path draft : drafts) {
          Folders.remove(draft);
        }
      }
      buckets.recover();
      uploads.recover(name -> buckets.find(name).isPresent());
    } catch (IOException e) {
      throw S3Errors.disk(e);
    }
  }
}
