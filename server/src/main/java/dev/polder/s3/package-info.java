/// Amazon S3 over plain files.
///
/// A bucket is a folder, an object is a file whose path is its key, so that SQL engines read the
/// same bytes in place. What S3 knows of an object beside its bytes (ETag, headers, tags,
/// checksums) is in one extended attribute of the file. Versions, object lock, policies and
/// encryption keys are not supported and are refused by name.
///
/// Where is what:
/// - requests: [LocalS3] leads to one class for each subject ([ObjectOperations], [ListOperations],
///   [MultipartOperations] …); [Members] and [ObjectAnswers] are between the SDK's shapes and ours,
///   [ReadCondition] and [WriteCondition] what a request may demand
/// - files: [ObjectFiles] puts, replaces and removes objects, each written as a [Draft]; [KeyPath]
///   says how a key is spelt as a path, [Layout] where everything is, [MetadataFiles] what is known
///   of a file
/// - listing: [Listing] over a [Walk] in [KeyOrder]
/// - uploads: [Uploads], [Part], [PartChecksums]
/// - engines of this process: [FileLake]
@NullMarked
package dev.polder.s3;

import org.jspecify.annotations.NullMarked;
