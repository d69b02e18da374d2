package dev.polder.athena;

import dev.polder.athena.AthenaService.Operations;
import dev.polder.kernel.Arn;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.*;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Athena as one account and region sees it.
final class LocalAthena implements AthenaClient {
  private static final int MOST = 50;

  private final Platform platform;
  private final Scope scope;
  private final Operations all;

  LocalAthena(Platform platform, Scope scope, Operations all) {
    this.platform = platform;
    this.scope = scope;
    this.all = all;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  // Queries.

  @Override
  public StartQueryExecutionResponse startQueryExecution(StartQueryExecutionRequest r) {
    return StartQueryExecutionResponse.builder()
        .queryExecutionId(all.queries().start(scope, r))
        .build();
  }

  @Override
  public StopQueryExecutionResponse stopQueryExecution(StopQueryExecutionRequest r) {
    all.queries().stop(scope, r.queryExecutionId());
    return StopQueryExecutionResponse.builder().build();
  }

  @Override
  public GetQueryExecutionResponse getQueryExecution(GetQueryExecutionRequest r) {
    return GetQueryExecutionResponse.builder()
        .queryExecution(all.queries().describe(all.queries().get(scope, r.queryExecutionId())))
        .build();
  }

  @Override
  public BatchGetQueryExecutionResponse batchGetQueryExecution(BatchGetQueryExecutionRequest r) {
    return all.queries().batch(scope, r.queryExecutionIds());
  }

  @Override
  public ListQueryExecutionsResponse listQueryExecutions(ListQueryExecutionsRequest r) {
    var page = all.queries().list(scope, r.workGroup(), r.nextToken(), r.maxResults());
    return ListQueryExecutionsResponse.builder()
        .queryExecutionIds(page.ids())
        .nextToken(page.next())
        .build();
  }

  @Override
  public GetQueryResultsResponse getQueryResults(GetQueryResultsRequest r) {
    QueryRecord q = all.queries().get(scope, r.queryExecutionId());
    return new ResultPages(platform.clients().get(S3Client.class, scope)).page(q, r);
  }

  @Override
  public GetQueryRuntimeStatisticsResponse getQueryRuntimeStatistics(
      GetQueryRuntimeStatisticsRequest r) {
    QueryRecord q = all.queries().get(scope, r.queryExecutionId());
    return GetQueryRuntimeStatisticsResponse.builder()
        .queryRuntimeStatistics(all.queries().runtime(q))
        .build();
  }

  // Work groups.

  @Override
  public CreateWorkGroupResponse createWorkGroup(CreateWorkGroupRequest r) {
    all.workGroups().create(scope, r);
    return CreateWorkGroupResponse.builder().build();
  }

  @Override
  public UpdateWorkGroupResponse updateWorkGroup(UpdateWorkGroupRequest r) {
    all.workGroups().update(scope, r);
    return UpdateWorkGroupResponse.builder().build();
  }

  @Override
  public DeleteWorkGroupResponse deleteWorkGroup(DeleteWorkGroupRequest r) {
    all.workGroups().delete(scope, r.workGroup(), Boolean.TRUE.equals(r.recursiveDeleteOption()));
    return DeleteWorkGroupResponse.builder().build();
  }

  @Override
  public GetWorkGroupResponse getWorkGroup(GetWorkGroupRequest r) {
    return GetWorkGroupResponse.builder()
        .workGroup(all.workGroups().describe(scope, r.workGroup()))
        .build();
  }

  @Override
  public ListWorkGroupsResponse listWorkGroups(ListWorkGroupsRequest r) {
    var page = all.workGroups().list(scope, r.nextToken(), Check.page(r.maxResults(), MOST));
    return ListWorkGroupsResponse.builder().workGroups(page.items()).nextToken(page.next()).build();
  }

  @Override
  public ListEngineVersionsResponse listEngineVersions(ListEngineVersionsRequest r) {
    return ListEngineVersionsResponse.builder().engineVersions(WorkGroups.engine()).build();
  }

  private String workGroup(@Nullable String name) {
    String known = name == null ? WorkGroups.PRIMARY : name;
    all.workGroups().settings(scope, known);
    return known;
  }

  // Named queries.

  @Override
  public CreateNamedQueryResponse createNamedQuery(CreateNamedQueryRequest r) {
    workGroup(r.workGroup());
    return CreateNamedQueryResponse.builder().namedQueryId(all.named().create(scope, r)).build();
  }

  @Override
  public UpdateNamedQueryResponse updateNamedQuery(UpdateNamedQueryRequest r) {
    all.named().update(scope, r);
    return UpdateNamedQueryResponse.builder().build();
  }

  @Override
  public DeleteNamedQueryResponse deleteNamedQuery(DeleteNamedQueryRequest r) {
    all.named().delete(scope, r.namedQueryId());
    return DeleteNamedQueryResponse.builder().build();
  }

  @Override
  public GetNamedQueryResponse getNamedQuery(GetNamedQueryRequest r) {
    return GetNamedQueryResponse.builder()
        .namedQuery(all.named().describe(scope, r.namedQueryId()))
        .build();
  }

  @Override
  public BatchGetNamedQueryResponse batchGetNamedQuery(BatchGetNamedQueryRequest r) {
    List<NamedQuery> found = new ArrayList<>();
    List<UnprocessedNamedQueryId> missing = new ArrayList<>();
    for (String id : r.namedQueryIds()) {
      Optional<NamedQuery> q = all.named().find(scope, id);
      q.ifPresentOrElse(
          found::add,
          () ->
              missing.add(
                  UnprocessedNamedQueryId.builder()
                      .namedQueryId(id)
                      .errorCode("INVALID_INPUT")
                      .errorMessage("NamedQuery " + id + " was not found")
                      .build()));
    }
    return BatchGetNamedQueryResponse.builder()
        .namedQueries(found)
        .unprocessedNamedQueryIds(missing)
        .build();
  }

  @Override
  public ListNamedQueriesResponse listNamedQueries(ListNamedQueriesRequest r) {
    var page =
        all.named()
            .list(scope, workGroup(r.workGroup()), r.nextToken(), Check.page(r.maxResults(), MOST));
    return ListNamedQueriesResponse.builder()
        .namedQueryIds(page.ids())
        .nextToken(page.next())
        .build();
  }

  // Prepared statements.

  @Override
  public CreatePreparedStatementResponse createPreparedStatement(CreatePreparedStatementRequest r) {
    all.prepared()
        .create(
            scope,
            workGroup(r.workGroup()),
            r.statementName(),
            r.queryStatement(),
            r.description());
    return CreatePreparedStatementResponse.builder().build();
  }

  @Override
  public UpdatePreparedStatementResponse updatePreparedStatement(UpdatePreparedStatementRequest r) {
    all.prepared()
        .update(
            scope,
            workGroup(r.workGroup()),
            r.statementName(),
            r.queryStatement(),
            r.description());
    return UpdatePreparedStatementResponse.builder().build();
  }

  @Override
  public DeletePreparedStatementResponse deletePreparedStatement(DeletePreparedStatementRequest r) {
    all.prepared().remove(scope, workGroup(r.workGroup()), r.statementName());
    return DeletePreparedStatementResponse.builder().build();
  }

  @Override
  public GetPreparedStatementResponse getPreparedStatement(GetPreparedStatementRequest r) {
    return GetPreparedStatementResponse.builder()
        .preparedStatement(
            all.prepared().describe(scope, workGroup(r.workGroup()), r.statementName()))
        .build();
  }

  @Override
  public BatchGetPreparedStatementResponse batchGetPreparedStatement(
      BatchGetPreparedStatementRequest r) {
    List<PreparedStatement> found = new ArrayList<>();
    List<UnprocessedPreparedStatementName> missing = new ArrayList<>();
    String workGroup = workGroup(r.workGroup());
    for (String name : r.preparedStatementNames()) {
      all.prepared()
          .find(scope, workGroup, name)
          .ifPresentOrElse(
              found::add,
              () ->
                  missing.add(
                      UnprocessedPreparedStatementName.builder()
                          .statementName(name)
                          .errorCode("STATEMENT_NOT_FOUND")
                          .errorMessage("PreparedStatement " + name + " was not found")
                          .build()));
    }
    return BatchGetPreparedStatementResponse.builder()
        .preparedStatements(found)
        .unprocessedPreparedStatementNames(missing)
        .build();
  }

  @Override
  public ListPreparedStatementsResponse listPreparedStatements(ListPreparedStatementsRequest r) {
    var page =
        all.prepared()
            .list(scope, workGroup(r.workGroup()), r.nextToken(), Check.page(r.maxResults(), MOST));
    List<PreparedStatementSummary> items =
        page.items().stream()
            .map(p ->
                PreparedStatementSummary.builder()
                    .statementName(p.statementName())
                    .lastModifiedTime(p.lastModifiedTime())
                    .build())
            .toList();
    return ListPreparedStatementsResponse.builder()
        .preparedStatements(items)
        .nextToken(page.next())
        .build();
  }

  // The Data Catalog.

  private MetadataOperations metadata() {
    return new MetadataOperations(platform.clients().get(GlueClient.class, scope));
  }

  @Override
  public ListDataCatalogsResponse listDataCatalogs(ListDataCatalogsRequest r) {
    return ListDataCatalogsResponse.builder()
        .dataCatalogsSummary(
            DataCatalogSummary.builder()
                .catalogName(MetadataOperations.CATALOG)
                .type("GLUE")
                .build())
        .build();
  }

  @Override
  public GetDataCatalogResponse getDataCatalog(GetDataCatalogRequest r) {
    MetadataOperations.check(r.name());
    return GetDataCatalogResponse.builder().dataCatalog(MetadataOperations.catalog()).build();
  }

  @Override
  public ListDatabasesResponse listDatabases(ListDatabasesRequest r) {
    return metadata().databases(r.catalogName(), r.nextToken(), r.maxResults());
  }

  @Override
  public GetDatabaseResponse getDatabase(GetDatabaseRequest r) {
    return metadata().database(r.catalogName(), r.databaseName());
  }

  @Override
  public ListTableMetadataResponse listTableMetadata(ListTableMetadataRequest r) {
    return metadata()
        .tables(r.catalogName(), r.databaseName(), r.expression(), r.nextToken(), r.maxResults());
  }

  @Override
  public GetTableMetadataResponse getTableMetadata(GetTableMetadataRequest r) {
    return metadata().table(r.catalogName(), r.databaseName(), r.tableName());
  }

  // Tags.

  @Override
  public TagResourceResponse tagResource(TagResourceRequest r) {
    all.workGroups()
        .tag(
            scope,
            named(r.resourceARN()),
            tags -> r.tags().forEach(t -> tags.put(t.key(), t.value())));
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest r) {
    all.workGroups().tag(scope, named(r.resourceARN()), tags -> r.tagKeys().forEach(tags::remove));
    return UntagResourceResponse.builder().build();
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
    return ListTagsForResourceResponse.builder()
        .tags(all.workGroups().tagList(scope, named(r.resourceARN())))
        .build();
  }

  /// The work group that an ARN names.
  private static String named(@Nullable String arn) {
    return Optional.ofNullable(arn)
        .flatMap(Arn::parse)
        .filter(a -> a.service().equals("athena") && a.resource().startsWith("workgroup/"))
        .map(a -> a.resource().substring("workgroup/".length()))
        .orElseThrow(
            () -> AthenaErrors.notFound(String.valueOf(arn), "Resource " + arn + " was not found"));
  }
}
