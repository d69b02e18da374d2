package dev.polder.dynamodb;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.BackupDescription;
import software.amazon.awssdk.services.dynamodb.model.BackupDetails;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexInfo;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexInfo;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.SourceTableDetails;
import software.amazon.awssdk.services.dynamodb.model.SourceTableFeatureDetails;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/// Backups as clients see them.
final class BackupAnswers {
  private BackupAnswers() {}

  static BackupDetails details(Backup backup, BackupStatus status) {
    return BackupDetails.builder()
        .backupArn(backup.arn())
        .backupName(backup.name())
        .backupSizeBytes(backup.bytes())
        .backupStatus(status)
        .backupType(backup.kind().name())
        .backupCreationDateTime(backup.created())
        .backupExpiryDateTime(backup.expires())
        .build();
  }

  static BackupSummary summary(Backup backup) {
    Table table = backup.table();
    return BackupSummary.builder()
        .tableName(table.name())
        .tableId(table.id())
        .tableArn(table.arn())
        .backupArn(backup.arn())
        .backupName(backup.name())
        .backupCreationDateTime(backup.created())
        .backupExpiryDateTime(backup.expires())
        .backupStatus(BackupStatus.AVAILABLE)
        .backupType(backup.kind().name())
        .backupSizeBytes(backup.bytes())
        .build();
  }

  static BackupDescription description(Backup backup, BackupStatus status) {
    return BackupDescription.builder()
        .backupDetails(details(backup, status))
        .sourceTableDetails(source(backup))
        .sourceTableFeatureDetails(
            switch (backup.kind()) {
              case USER -> features(backup.table());
              case SYSTEM -> SourceTableFeatureDetails.builder().build();
            })
        .build();
  }

  private static SourceTableDetails source(Backup backup) {
    Table table = backup.table();
    Table.Billing billing = table.billing();
    return SourceTableDetails.builder()
        .tableName(table.name())
        .tableId(table.id())
        .tableArn(table.arn())
        .tableSizeBytes(backup.bytes())
        .keySchema(TableAnswers.keySchema(table.key()))
        .tableCreationDateTime(table.created())
        .provisionedThroughput(units(billing.throughput()))
        .onDemandThroughput(billing.throughput().ceilings().sdk())
        .itemCount(backup.items())
        .billingMode(billing.onDemand() ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED)
        .build();
  }

  private static ProvisionedThroughput units(Throughput throughput) {
    return ProvisionedThroughput.builder()
        .readCapacityUnits(throughput.read())
        .writeCapacityUnits(throughput.write())
        .build();
  }

  private static SourceTableFeatureDetails features(Table table) {
    var features = SourceTableFeatureDetails.builder();
    List<LocalSecondaryIndexInfo> local = new ArrayList<>();
    List<GlobalSecondaryIndexInfo> global = new ArrayList<>();
    for (Index index : table.indexes()) {
      if (index.isGlobal()) {
        global.add(global(index));
      } else {
        local.add(local(index));
      }
    }
    if (!local.isEmpty()) {
      features.localSecondaryIndexes(local);
    }
    if (!global.isEmpty()) {
      features.globalSecondaryIndexes(global);
    }
    Table.TimeToLive timeToLive = table.timeToLive();
    if (timeToLive != null) {
      features.timeToLiveDescription(
          TimeToLiveDescription.builder()
              .timeToLiveStatus(TimeToLiveStatus.ENABLED)
              .attributeName(timeToLive.attribute())
              .build());
    }
    return features
        .streamDescription(TableAnswers.stream(table))
        .sseDescription(TableAnswers.encryption(table.settings()))
        .build();
  }

  private static GlobalSecondaryIndexInfo global(Index index) {
    return GlobalSecondaryIndexInfo.builder()
        .indexName(index.name())
        .keySchema(TableAnswers.keySchema(index.key()))
        .projection(TableAnswers.projection(index.projection()))
        .provisionedThroughput(units(index.throughput()))
        .onDemandThroughput(index.throughput().ceilings().sdk())
        .build();
  }

  private static LocalSecondaryIndexInfo local(Index index) {
    return LocalSecondaryIndexInfo.builder()
        .indexName(index.name())
        .keySchema(TableAnswers.keySchema(index.key()))
        .projection(TableAnswers.projection(index.projection()))
        .build();
  }
}
