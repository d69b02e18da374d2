package dev.polder.glue;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.glue.model.CatalogTarget;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

/// What a crawl is to do, read from a crawler.
///
/// @param role the last part of the crawler's role, which shows in what it creates
/// @param updates whether tables and partitions that are there may be changed
/// @param newFoldersOnly whether folders that were crawled before are left alone
record CrawlerSettings(
    String name,
    String database,
    String prefix,
    String role,
    List<Target> targets,
    List<CatalogTable> tables,
    List<String> classifiers,
    boolean updates,
    DeleteBehavior deletes,
    boolean newFoldersOnly,
    CrawlerConfiguration configuration) {

  /// A place in S3 to crawl.
  ///
  /// @param sampleSize 0 for all files
  record Target(S3Location location, List<String> exclusions, int sampleSize) {}

  /// A table of the catalogue to crawl.
  record CatalogTable(String database, String name) {}

  static CrawlerSettings of(Crawler crawler) {
    boolean newFolders =
        crawler.recrawlPolicy().recrawlBehavior() == RecrawlBehavior.CRAWL_NEW_FOLDERS_ONLY;
    String role = crawler.role();
    return new CrawlerSettings(
        crawler.name(),
        crawler.databaseName() == null ? "" : crawler.databaseName(),
        crawler.tablePrefix() == null ? "" : crawler.tablePrefix(),
        role.substring(role.lastIndexOf('/') + 1),
        crawler.targets().s3Targets().stream().map(CrawlerSettings::target).toList(),
        crawler.targets().catalogTargets().stream().flatMap(CrawlerSettings::tables).toList(),
        crawler.classifiers(),
        !newFolders
            && crawler.schemaChangePolicy().updateBehavior() == UpdateBehavior.UPDATE_IN_DATABASE,
        newFolders || !crawler.targets().catalogTargets().isEmpty()
            ? DeleteBehavior.LOG
            : crawler.schemaChangePolicy().deleteBehavior(),
        newFolders,
        CrawlerConfiguration.parse(crawler.configuration()));
  }

  private static Target target(S3Target target) {
    int sample = target.sampleSize() == null ? 0 : target.sampleSize();
    return new Target(S3Location.parse(target.path()), target.exclusions(), sample);
  }

  private static Stream<CatalogTable> tables(CatalogTarget target) {
    String database = Check.lowerName(target.databaseName(), "databaseName");
    return target.tables().stream()
        .map(table -> new CatalogTable(database, Check.lowerName(table, "tables.member")));
  }

  /// Who is shown to have made a table.
  String createdBy(String account) {
    return "arn:aws:sts::" + account + ":assumed-role/" + role + "/AWS-Crawler";
  }
}
