package dev.polder.glue;

import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableRequest;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableResponse;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableVersionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableVersionResponse;
import software.amazon.awssdk.services.glue.model.BatchGetCrawlersRequest;
import software.amazon.awssdk.services.glue.model.BatchGetCrawlersResponse;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.CreateClassifierRequest;
import software.amazon.awssdk.services.glue.model.CreateClassifierResponse;
import software.amazon.awssdk.services.glue.model.CreateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.CreateCrawlerResponse;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.CreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableResponse;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.DeleteClassifierRequest;
import software.amazon.awssdk.services.glue.model.DeleteClassifierResponse;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.DeleteCrawlerRequest;
import software.amazon.awssdk.services.glue.model.DeleteCrawlerResponse;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseRequest;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseResponse;
import software.amazon.awssdk.services.glue.model.DeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.DeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableVersionRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableVersionResponse;
import software.amazon.awssdk.services.glue.model.DeleteUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.DeleteUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.GetClassifierRequest;
import software.amazon.awssdk.services.glue.model.GetClassifierResponse;
import software.amazon.awssdk.services.glue.model.GetClassifiersRequest;
import software.amazon.awssdk.services.glue.model.GetClassifiersResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.GetCrawlerMetricsRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerMetricsResponse;
import software.amazon.awssdk.services.glue.model.GetCrawlerRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerResponse;
import software.amazon.awssdk.services.glue.model.GetCrawlersRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlersResponse;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionsRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.GetTagsRequest;
import software.amazon.awssdk.services.glue.model.GetTagsResponse;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsRequest;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsResponse;
import software.amazon.awssdk.services.glue.model.ListCrawlersRequest;
import software.amazon.awssdk.services.glue.model.ListCrawlersResponse;
import software.amazon.awssdk.services.glue.model.ListCrawlsRequest;
import software.amazon.awssdk.services.glue.model.ListCrawlsResponse;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.SearchTablesResponse;
import software.amazon.awssdk.services.glue.model.StartCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StartCrawlerResponse;
import software.amazon.awssdk.services.glue.model.StartCrawlerScheduleRequest;
import software.amazon.awssdk.services.glue.model.StartCrawlerScheduleResponse;
import software.amazon.awssdk.services.glue.model.StopCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StopCrawlerResponse;
import software.amazon.awssdk.services.glue.model.StopCrawlerScheduleRequest;
import software.amazon.awssdk.services.glue.model.StopCrawlerScheduleResponse;
import software.amazon.awssdk.services.glue.model.TagResourceRequest;
import software.amazon.awssdk.services.glue.model.TagResourceResponse;
import software.amazon.awssdk.services.glue.model.UntagResourceRequest;
import software.amazon.awssdk.services.glue.model.UntagResourceResponse;
import software.amazon.awssdk.services.glue.model.UpdateClassifierRequest;
import software.amazon.awssdk.services.glue.model.UpdateClassifierResponse;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerResponse;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerScheduleRequest;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerScheduleResponse;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.UpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableResponse;
import software.amazon.awssdk.services.glue.model.UpdateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.UpdateUserDefinedFunctionResponse;

/// Glue as one account and region sees it: the index of its operations. What each does is written
/// where it is done.
final class LocalGlue implements GlueClient {
  private final Databases databases;
  private final Tables tables;
  private final TableVersions versions;
  private final Partitions partitions;
  private final PartitionChanges changes;
  private final ColumnStatisticsOperations statistics;
  private final Functions functions;
  private final Tags tags;
  private final TableSearch search;
  private final Crawlers crawlers;
  private final CrawlerRuns runs;
  private final CrawlHistory history;
  private final Classifiers classifiers;

  LocalGlue(Catalog catalog, CrawlRunner runner) {
    this.databases = new Databases(catalog);
    this.tables = new Tables(catalog);
    this.versions = new TableVersions(catalog);
    this.partitions = new Partitions(catalog);
    this.changes = new PartitionChanges(catalog);
    this.statistics = new ColumnStatisticsOperations(catalog);
    this.functions = new Functions(catalog);
    this.tags = new Tags(catalog);
    this.search = new TableSearch(catalog);
    this.crawlers = new Crawlers(catalog);
    this.runs = new CrawlerRuns(catalog, runner);
    this.history = new CrawlHistory(catalog);
    this.classifiers = new Classifiers(catalog);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /// Holds nothing of its own.
  @Override
  public void close() {}

  @Override
  public CreateDatabaseResponse createDatabase(CreateDatabaseRequest request) {
    return databases.create(request);
  }

  @Override
  public GetDatabaseResponse getDatabase(GetDatabaseRequest request) {
    return databases.get(request);
  }

  @Override
  public GetDatabasesResponse getDatabases(GetDatabasesRequest request) {
    return databases.list(request);
  }

  @Override
  public UpdateDatabaseResponse updateDatabase(UpdateDatabaseRequest request) {
    return databases.update(request);
  }

  @Override
  public DeleteDatabaseResponse deleteDatabase(DeleteDatabaseRequest request) {
    return databases.delete(request);
  }

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    return tables.create(request);
  }

  @Override
  public GetTableResponse getTable(GetTableRequest request) {
    return tables.get(request);
  }

  @Override
  public GetTablesResponse getTables(GetTablesRequest request) {
    return tables.list(request);
  }

  @Override
  public UpdateTableResponse updateTable(UpdateTableRequest request) {
    return tables.update(request);
  }

  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    return tables.delete(request);
  }

  @Override
  public BatchDeleteTableResponse batchDeleteTable(BatchDeleteTableRequest request) {
    return tables.batchDelete(request);
  }

  @Override
  public GetTableVersionResponse getTableVersion(GetTableVersionRequest request) {
    return versions.get(request);
  }

  @Override
  public GetTableVersionsResponse getTableVersions(GetTableVersionsRequest request) {
    return versions.list(request);
  }

  @Override
  public DeleteTableVersionResponse deleteTableVersion(DeleteTableVersionRequest request) {
    return versions.delete(request);
  }

  @Override
  public BatchDeleteTableVersionResponse batchDeleteTableVersion(
      BatchDeleteTableVersionRequest request) {
    return versions.batchDelete(request);
  }

  @Override
  public GetPartitionResponse getPartition(GetPartitionRequest request) {
    return partitions.get(request);
  }

  @Override
  public BatchGetPartitionResponse batchGetPartition(BatchGetPartitionRequest request) {
    return partitions.batchGet(request);
  }

  @Override
  public GetPartitionsResponse getPartitions(GetPartitionsRequest request) {
    return partitions.list(request);
  }

  @Override
  public CreatePartitionResponse createPartition(CreatePartitionRequest request) {
    return changes.create(request);
  }

  @Override
  public BatchCreatePartitionResponse batchCreatePartition(BatchCreatePartitionRequest request) {
    return changes.batchCreate(request);
  }

  @Override
  public UpdatePartitionResponse updatePartition(UpdatePartitionRequest request) {
    return changes.update(request);
  }

  @Override
  public BatchUpdatePartitionResponse batchUpdatePartition(BatchUpdatePartitionRequest request) {
    return changes.batchUpdate(request);
  }

  @Override
  public DeletePartitionResponse deletePartition(DeletePartitionRequest request) {
    return changes.delete(request);
  }

  @Override
  public BatchDeletePartitionResponse batchDeletePartition(BatchDeletePartitionRequest request) {
    return changes.batchDelete(request);
  }

  @Override
  public GetColumnStatisticsForTableResponse getColumnStatisticsForTable(
      GetColumnStatisticsForTableRequest request) {
    return statistics.get(request);
  }

  @Override
  public UpdateColumnStatisticsForTableResponse updateColumnStatisticsForTable(
      UpdateColumnStatisticsForTableRequest request) {
    return statistics.update(request);
  }

  @Override
  public DeleteColumnStatisticsForTableResponse deleteColumnStatisticsForTable(
      DeleteColumnStatisticsForTableRequest request) {
    return statistics.delete(request);
  }

  @Override
  public GetColumnStatisticsForPartitionResponse getColumnStatisticsForPartition(
      GetColumnStatisticsForPartitionRequest request) {
    return statistics.get(request);
  }

  @Override
  public UpdateColumnStatisticsForPartitionResponse updateColumnStatisticsForPartition(
      UpdateColumnStatisticsForPartitionRequest request) {
    return statistics.update(request);
  }

  @Override
  public DeleteColumnStatisticsForPartitionResponse deleteColumnStatisticsForPartition(
      DeleteColumnStatisticsForPartitionRequest request) {
    return statistics.delete(request);
  }

  @Override
  public CreateUserDefinedFunctionResponse createUserDefinedFunction(
      CreateUserDefinedFunctionRequest request) {
    return functions.create(request);
  }

  @Override
  public GetUserDefinedFunctionResponse getUserDefinedFunction(
      GetUserDefinedFunctionRequest request) {
    return functions.get(request);
  }

  @Override
  public GetUserDefinedFunctionsResponse getUserDefinedFunctions(
      GetUserDefinedFunctionsRequest request) {
    return functions.list(request);
  }

  @Override
  public UpdateUserDefinedFunctionResponse updateUserDefinedFunction(
      UpdateUserDefinedFunctionRequest request) {
    return functions.update(request);
  }

  @Override
  public DeleteUserDefinedFunctionResponse deleteUserDefinedFunction(
      DeleteUserDefinedFunctionRequest request) {
    return functions.delete(request);
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    return tags.tag(request);
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    return tags.untag(request);
  }

  @Override
  public GetTagsResponse getTags(GetTagsRequest request) {
    return tags.list(request);
  }

  @Override
  public CreateCrawlerResponse createCrawler(CreateCrawlerRequest request) {
    return crawlers.create(request);
  }

  @Override
  public GetCrawlerResponse getCrawler(GetCrawlerRequest request) {
    return crawlers.get(request);
  }

  @Override
  public GetCrawlersResponse getCrawlers(GetCrawlersRequest request) {
    return crawlers.list(request);
  }

  @Override
  public ListCrawlersResponse listCrawlers(ListCrawlersRequest request) {
    return crawlers.names(request);
  }

  @Override
  public BatchGetCrawlersResponse batchGetCrawlers(BatchGetCrawlersRequest request) {
    return crawlers.batchGet(request);
  }

  @Override
  public UpdateCrawlerResponse updateCrawler(UpdateCrawlerRequest request) {
    return crawlers.update(request);
  }

  @Override
  public DeleteCrawlerResponse deleteCrawler(DeleteCrawlerRequest request) {
    return crawlers.delete(request);
  }

  @Override
  public StartCrawlerResponse startCrawler(StartCrawlerRequest request) {
    return runs.start(request);
  }

  @Override
  public StopCrawlerResponse stopCrawler(StopCrawlerRequest request) {
    return runs.stop(request);
  }

  @Override
  public StartCrawlerScheduleResponse startCrawlerSchedule(StartCrawlerScheduleRequest request) {
    return runs.startSchedule(request);
  }

  @Override
  public StopCrawlerScheduleResponse stopCrawlerSchedule(StopCrawlerScheduleRequest request) {
    return runs.stopSchedule(request);
  }

  @Override
  public UpdateCrawlerScheduleResponse updateCrawlerSchedule(UpdateCrawlerScheduleRequest request) {
    return runs.updateSchedule(request);
  }

  @Override
  public ListCrawlsResponse listCrawls(ListCrawlsRequest request) {
    return history.list(request);
  }

  @Override
  public GetCrawlerMetricsResponse getCrawlerMetrics(GetCrawlerMetricsRequest request) {
    return history.metrics(request);
  }

  @Override
  public CreateClassifierResponse createClassifier(CreateClassifierRequest request) {
    return classifiers.create(request);
  }

  @Override
  public GetClassifierResponse getClassifier(GetClassifierRequest request) {
    return classifiers.get(request);
  }

  @Override
  public GetClassifiersResponse getClassifiers(GetClassifiersRequest request) {
    return classifiers.list(request);
  }

  @Override
  public UpdateClassifierResponse updateClassifier(UpdateClassifierRequest request) {
    return classifiers.update(request);
  }

  @Override
  public DeleteClassifierResponse deleteClassifier(DeleteClassifierRequest request) {
    return classifiers.delete(request);
  }

  @Override
  public SearchTablesResponse searchTables(SearchTablesRequest request) {
    return search.search(request);
  }

  @Override
  public GetPartitionIndexesResponse getPartitionIndexes(GetPartitionIndexesRequest request) {
    return tables.indexes(request);
  }
}
