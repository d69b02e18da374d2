package dev.polder.glue;

import dev.polder.glue.crawler.Glob;
import java.util.List;
import software.amazon.awssdk.services.glue.model.CatalogTarget;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerLineageSettings;
import software.amazon.awssdk.services.glue.model.CrawlerTargets;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.SchemaChangePolicy;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

/// What a crawler must be before it is kept. What Polder does not have is refused by name.
final class CrawlerChecks {
  private static final int PREFIX = 128;
  private static final int DESCRIPTION = 2048;
  private static final int SAMPLE = 249;

  private CrawlerChecks() {}

  /// Checks a crawler whose policies are complete.
  static void check(Crawler crawler, List<String> known) {
    Check.name(crawler.name(), "name");
    Check.present(crawler.role(), "role");
    if (crawler.description() != null) {
      Check.length(crawler.description(), "description", 0, DESCRIPTION);
    }
    if (crawler.tablePrefix() != null) {
      Check.length(crawler.tablePrefix(), "tablePrefix", 0, PREFIX);
    }
    unsupported(crawler);
    for (String classifier : crawler.classifiers()) {
      if (!known.contains(classifier)) {
        throw GlueErrors.invalid("Classifier " + classifier + " not found.");
      }
    }
    CrawlerConfiguration.parse(crawler.configuration());
    targets(crawler);
    policies(crawler);
  }

  private static void unsupported(Crawler crawler) {
    if (crawler.lineageConfiguration() != null
        && crawler.lineageConfiguration().crawlerLineageSettings()
            == CrawlerLineageSettings.ENABLE) {
      throw GlueErrors.unsupported("LineageConfiguration");
    }
    if (crawler.lakeFormationConfiguration() != null
        && Boolean.TRUE.equals(
            crawler.lakeFormationConfiguration().useLakeFormationCredentials())) {
      throw GlueErrors.unsupported("LakeFormationConfiguration");
    }
    if (crawler.crawlerSecurityConfiguration() != null
        && !crawler.crawlerSecurityConfiguration().isEmpty()) {
      throw GlueErrors.unsupported("CrawlerSecurityConfiguration");
    }
  }

  private static void targets(Crawler crawler) {
    CrawlerTargets targets = Check.present(crawler.targets(), "targets");
    Check.absent(targets.jdbcTargets(), "Targets.JdbcTargets");
    Check.absent(targets.mongoDBTargets(), "Targets.MongoDBTargets");
    Check.absent(targets.dynamoDBTargets(), "Targets.DynamoDBTargets");
    Check.absent(targets.deltaTargets(), "Targets.DeltaTargets");
    Check.absent(targets.icebergTargets(), "Targets.IcebergTargets");
    Check.absent(targets.hudiTargets(), "Targets.HudiTargets");
    boolean s3 = !targets.s3Targets().isEmpty();
    boolean catalog = !targets.catalogTargets().isEmpty();
    if (!s3 && !catalog) {
      throw GlueErrors.invalid("A crawler must have at least one target");
    }
    if (s3 && catalog) {
      throw GlueErrors.invalid("Catalog targets cannot be mixed with other targets");
    }
    targets.s3Targets().forEach(CrawlerChecks::target);
    targets.catalogTargets().forEach(CrawlerChecks::target);
    if (s3) {
      Check.lowerName(crawler.databaseName(), "databaseName");
    }
  }

  private static void target(S3Target target) {
    S3Location.parse(Check.present(target.path(), "targets.s3Targets.path"));
    Check.absent(target.connectionName(), "S3Target.ConnectionName");
    Check.absent(target.eventQueueArn(), "S3Target.EventQueueArn");
    Check.absent(target.dlqEventQueueArn(), "S3Target.DlqEventQueueArn");
    if (target.sampleSize() != null) {
      Check.within(target.sampleSize(), "targets.s3Targets.sampleSize", 1, SAMPLE);
    }
    for (String exclusion : target.exclusions()) {
      try {
        Glob.of(exclusion);
      } catch (IllegalArgumentException e) {
        throw GlueErrors.invalid(String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static void target(CatalogTarget target) {
    Check.name(target.databaseName(), "targets.catalogTargets.databaseName");
    Check.size(target.tables(), "targets.catalogTargets.tables", 1, Integer.MAX_VALUE);
    Check.absent(target.connectionName(), "CatalogTarget.ConnectionName");
    Check.absent(target.eventQueueArn(), "CatalogTarget.EventQueueArn");
    Check.absent(target.dlqEventQueueArn(), "CatalogTarget.DlqEventQueueArn");
  }

  private static void policies(Crawler crawler) {
    RecrawlBehavior recrawl = crawler.recrawlPolicy().recrawlBehavior();
    if (recrawl == RecrawlBehavior.CRAWL_EVENT_MODE
        || recrawl == RecrawlBehavior.UNKNOWN_TO_SDK_VERSION) {
      throw GlueErrors.unsupported(
          "RecrawlBehavior " + crawler.recrawlPolicy().recrawlBehaviorAsString());
    }
    SchemaChangePolicy policy = crawler.schemaChangePolicy();
    boolean log =
        policy.updateBehavior() == UpdateBehavior.LOG
            && policy.deleteBehavior() == DeleteBehavior.LOG;
    if (recrawl == RecrawlBehavior.CRAWL_NEW_FOLDERS_ONLY && !log) {
      throw GlueErrors.invalid(
          "The SchemaChangePolicy for \"Crawl new folders only\" Amazon S3 target can have only LOG"
              + " DeleteBehavior value and LOG UpdateBehavior value.");
    }
    if (!crawler.targets().catalogTargets().isEmpty()
        && policy.deleteBehavior() != DeleteBehavior.LOG) {
      throw GlueErrors.invalid(
          "The SchemaChangePolicy for Catalog targets can have only LOG DeleteBehavior value.");
    }
  }
}
