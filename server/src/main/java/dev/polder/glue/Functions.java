package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.shape.Shapes;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.DeleteUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.DeleteUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsRequest;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsResponse;
import software.amazon.awssdk.services.glue.model.UpdateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.UpdateUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.UserDefinedFunction;
import software.amazon.awssdk.services.glue.model.UserDefinedFunctionInput;

/// The user-defined functions of the catalogue. Names are kept in lower case.
record Functions(Catalog catalog) {
  private static final int PAGE = 100;

  private Key key(String database, String name) {
    return catalog.key("function", database, name);
  }

  private Held<UserDefinedFunction> held(String database, String name) {
    return catalog
        .find(key(database, name), UserDefinedFunction.builder(), UserDefinedFunction.class)
        .orElseThrow(() -> {
          new Databases(catalog).held(database);
          return GlueErrors.notFound("User defined function " + name + " not found.");
        });
  }

  CreateUserDefinedFunctionResponse create(CreateUserDefinedFunctionRequest request) {
    catalog.checkCatalog(request.catalogId());
    String database = Check.lowerName(request.databaseName(), "databaseName");
    UserDefinedFunctionInput input = Check.present(request.functionInput(), "functionInput");
    UserDefinedFunction made = of(database, input, catalog.now());
    Key key = key(database, made.functionName());
    catalog.change(
        "Create user defined function",
        () -> {
          var parent = new Databases(catalog).held(database);
          if (catalog.store().get(key) != null) {
            throw GlueErrors.alreadyExists("User defined function already exists.");
          }
          return parent.required(new Batch()).require(key, null).put(key, Documents.bytes(made));
        });
    return CreateUserDefinedFunctionResponse.builder().build();
  }

  private UserDefinedFunction of(String database, UserDefinedFunctionInput input, Instant created) {
    var builder = UserDefinedFunction.builder();
    Shapes.copy(input, builder);
    return builder
        .functionName(Check.lowerName(input.functionName(), "functionInput.functionName"))
        .databaseName(database)
        .catalogId(catalog.scope().account())
        .createTime(created)
        .build();
  }

  GetUserDefinedFunctionResponse get(GetUserDefinedFunctionRequest request) {
    catalog.checkCatalog(request.catalogId());
    var held =
        held(
            Check.lowerName(request.databaseName(), "databaseName"),
            Check.lowerName(request.functionName(), "functionName"));
    return GetUserDefinedFunctionResponse.builder().userDefinedFunction(held.value()).build();
  }

  /// The functions of a database, or of all databases where none is named.
  GetUserDefinedFunctionsResponse list(GetUserDefinedFunctionsRequest request) {
    catalog.checkCatalog(request.catalogId());
    var pattern = NamePattern.of(Check.present(request.pattern(), "pattern"));
    Key prefix = catalog.key("function");
    if (request.databaseName() != null) {
      String database = Check.lowerName(request.databaseName(), "databaseName");
      new Databases(catalog).held(database);
      prefix = prefix.with(database);
    }
    var page =
        catalog.page(
            prefix,
            request.nextToken(),
            Check.most(request.maxResults(), PAGE),
            entry ->
                Optional.of(
                        Documents.read(
                            entry.value(),
                            UserDefinedFunction.builder(),
                            UserDefinedFunction.class))
                    .filter(f -> pattern.test(f.functionName()))
                    .filter(f ->
                        request.functionTypeAsString() == null
                            || request.functionTypeAsString().equals(f.functionTypeAsString())));
    return GetUserDefinedFunctionsResponse.builder()
        .userDefinedFunctions(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  UpdateUserDefinedFunctionResponse update(UpdateUserDefinedFunctionRequest request) {
    catalog.checkCatalog(request.catalogId());
    String database = Check.lowerName(request.databaseName(), "databaseName");
    String name = Check.lowerName(request.functionName(), "functionName");
    UserDefinedFunctionInput input =
        Check.present(request.functionInput(), "functionInput").toBuilder()
            .functionName(name)
            .build();
    catalog.change(
        "Update user defined function",
        () -> {
          var old = held(database, name);
          UserDefinedFunction made = of(database, input, old.value().createTime());
          return old.required(new Batch()).put(old.key(), Documents.bytes(made));
        });
    return UpdateUserDefinedFunctionResponse.builder().build();
  }

  DeleteUserDefinedFunctionResponse delete(DeleteUserDefinedFunctionRequest request) {
    catalog.checkCatalog(request.catalogId());
    String database = Check.lowerName(request.databaseName(), "databaseName");
    String name = Check.lowerName(request.functionName(), "functionName");
    catalog.change(
        "Delete user defined function",
        () -> {
          var old = held(database, name);
          return old.required(new Batch()).delete(old.key());
        });
    return DeleteUserDefinedFunctionResponse.builder().build();
  }
}
