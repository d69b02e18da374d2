package dev.polder.dynamodb;

import dev.polder.kernel.Scope;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContributorInsightsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContributorInsightsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeEndpointsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeEndpointsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeGlobalTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeGlobalTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeGlobalTableSettingsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeGlobalTableSettingsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeKinesisStreamingDestinationRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeKinesisStreamingDestinationResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeLimitsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeLimitsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.ListContributorInsightsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListContributorInsightsResponse;
import software.amazon.awssdk.services.dynamodb.model.ListExportsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListExportsResponse;
import software.amazon.awssdk.services.dynamodb.model.ListGlobalTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListGlobalTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ListImportsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListImportsResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/// DynamoDB as one account and region sees it.
final class LocalDynamoDb implements DynamoDbClient {
  private final Scope scope;
  private final Engine engine;

  LocalDynamoDb(Scope scope, Engine engine) {
    this.scope = scope;
    this.engine = engine;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public DynamoDbWaiter waiter() {
    return DynamoDbWaiter.builder().client(this).build();
  }

  /// Makes a table, which can be used at once though the answer says CREATING.
  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    return Requests.answer(() -> engine.tableOperations().create(scope, request));
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return Requests.answer(() -> engine.tableOperations().describe(scope, request));
  }

  /// Changes a table. An added index is filled in the background.
  @Override
  public UpdateTableResponse updateTable(UpdateTableRequest request) {
    return Requests.answer(() -> engine.tableOperations().update(scope, request));
  }

  /// Deletes a table and all it holds. It is gone when this returns; its stream can be read for a
  /// day.
  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    return Requests.answer(() -> engine.tableOperations().delete(scope, request));
  }

  @Override
  public ListTablesResponse listTables(ListTablesRequest request) {
    return Requests.answer(() -> engine.tableOperations().list(scope, request));
  }

  /// Reads an item as it is; reads are always consistent.
  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return Requests.answer(() -> engine.items().get(scope, request));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return Requests.answer(() -> engine.items().put(scope, request));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return Requests.answer(() -> engine.items().update(scope, request));
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return Requests.answer(() -> engine.items().delete(scope, request));
  }

  /// Reads items of one partition of a table or index in the order of their sort keys. Costs what
  /// it reads.
  @Override
  public QueryResponse query(QueryRequest request) {
    return Requests.answer(() ->
        new QueryOperation(scope, request).run(engine.tables(), engine.store(), engine.recent()));
  }

  /// Reads all items of a table or index, or of one of the segments into which it is divided.
  @Override
  public ScanResponse scan(ScanRequest request) {
    return Requests.answer(
        () -> new ScanOperation(scope, request).run(engine.tables(), engine.store()));
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return Requests.answer(() -> engine.batches().get(scope, request));
  }

  /// Writes up to 25 items. All of it is one batch of the store, though the API promises less.
  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return Requests.answer(() -> engine.batches().write(scope, request));
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return Requests.answer(() -> engine.transactions().get(scope, request));
  }

  /// Writes up to 100 items together or not at all; any number for callers within the process that
  /// bind [dev.polder.kernel.LargeTransactions].
  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return Requests.answer(() -> engine.transactions().write(scope, request));
  }

  /// Carries out a statement of PartiQL.
  @Override
  public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    return Requests.answer(() -> engine.statements().execute(scope, request));
  }

  /// Carries out up to 25 statements, each for itself.
  @Override
  public BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
    return Requests.answer(() -> engine.statements().batch(scope, request));
  }

  /// Carries out up to 100 statements together or not at all.
  @Override
  public ExecuteTransactionResponse executeTransaction(ExecuteTransactionRequest request) {
    return Requests.answer(() -> engine.statements().transaction(scope, request));
  }

  @Override
  public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
    return Requests.answer(() -> engine.settings().update(scope, request));
  }

  @Override
  public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
    return Requests.answer(() -> engine.settings().describe(scope, request));
  }

  @Override
  public DescribeLimitsResponse describeLimits(DescribeLimitsRequest request) {
    return Requests.answer(() -> engine.settings().limits());
  }

  @Override
  public DescribeEndpointsResponse describeEndpoints(DescribeEndpointsRequest request) {
    return Requests.answer(() -> engine.settings().endpoints());
  }

  @Override
  public DescribeContinuousBackupsResponse describeContinuousBackups(
      DescribeContinuousBackupsRequest request) {
    return Requests.answer(() -> engine.backups().describe(scope, request));
  }

  /// Has a table remember its states from now on, for 1 to 35 days, or forget them. The latest that
  /// can be restored is that of now; the real service is some minutes behind.
  @Override
  public UpdateContinuousBackupsResponse updateContinuousBackups(
      UpdateContinuousBackupsRequest request) {
    return Requests.answer(() -> engine.backups().update(scope, request));
  }

  /// No insights are gathered.
  @Override
  public DescribeContributorInsightsResponse describeContributorInsights(
      DescribeContributorInsightsRequest request) {
    return Requests.answer(() -> engine.absent().insights(scope, request));
  }

  /// None, ever.
  @Override
  public ListContributorInsightsResponse listContributorInsights(
      ListContributorInsightsRequest request) {
    return Requests.answer(() -> engine.absent().insights(scope, request));
  }

  /// None, ever.
  @Override
  public DescribeKinesisStreamingDestinationResponse describeKinesisStreamingDestination(
      DescribeKinesisStreamingDestinationRequest request) {
    return Requests.answer(() -> engine.absent().destinations(scope, request));
  }

  /// Answers that there is no policy: tables have none.
  @Override
  public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
    return Requests.answer(() -> {
      throw engine.absent().policy(scope, request);
    });
  }

  /// Copies a table and all it holds at this moment. The copy is made when this returns.
  @Override
  public CreateBackupResponse createBackup(CreateBackupRequest request) {
    return Requests.answer(() -> engine.backups().create(scope, request));
  }

  @Override
  public DescribeBackupResponse describeBackup(DescribeBackupRequest request) {
    return Requests.answer(() -> engine.backups().describe(scope, request));
  }

  @Override
  public DeleteBackupResponse deleteBackup(DeleteBackupRequest request) {
    return Requests.answer(() -> engine.backups().delete(scope, request));
  }

  /// Backups by their tables and then by age, those that were asked for unless `BackupType` says
  /// otherwise.
  @Override
  public ListBackupsResponse listBackups(ListBackupsRequest request) {
    return Requests.answer(() -> engine.backups().list(scope, request));
  }

  /// Makes a table of a backup. It is there when this returns, though the answer says CREATING.
  @Override
  public RestoreTableFromBackupResponse restoreTableFromBackup(
      RestoreTableFromBackupRequest request) {
    return Requests.answer(() -> engine.restores().restore(scope, request));
  }

  /// Makes a table of what another one held at a moment. It is there when this returns, though the
  /// answer says CREATING.
  @Override
  public RestoreTableToPointInTimeResponse restoreTableToPointInTime(
      RestoreTableToPointInTimeRequest request) {
    return Requests.answer(() -> engine.restores().restore(scope, request));
  }

  /// None, ever.
  @Override
  public ListExportsResponse listExports(ListExportsRequest request) {
    return ListExportsResponse.builder().exportSummaries(List.of()).build();
  }

  /// None, ever.
  @Override
  public ListImportsResponse listImports(ListImportsRequest request) {
    return ListImportsResponse.builder().importSummaryList(List.of()).build();
  }

  /// None, ever.
  @Override
  public ListGlobalTablesResponse listGlobalTables(ListGlobalTablesRequest request) {
    return ListGlobalTablesResponse.builder().globalTables(List.of()).build();
  }

  /// Answers that there is none of any name.
  @Override
  public DescribeGlobalTableResponse describeGlobalTable(DescribeGlobalTableRequest request) {
    throw DynamoDbErrors.noGlobalTable("Global table not found: ", request.globalTableName());
  }

  /// Answers that there is none of any name.
  @Override
  public DescribeGlobalTableSettingsResponse describeGlobalTableSettings(
      DescribeGlobalTableSettingsRequest request) {
    throw DynamoDbErrors.noGlobalTable("", request.globalTableName());
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    return Requests.answer(() -> engine.tags().tag(scope, request));
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    return Requests.answer(() -> engine.tags().untag(scope, request));
  }

  @Override
  public ListTagsOfResourceResponse listTagsOfResource(ListTagsOfResourceRequest request) {
    return Requests.answer(() -> engine.tags().list(scope, request));
  }
}
