package dev.polder.appsync;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.run.ServedApi;
import dev.polder.appsync.run.UniqueTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What a deployment changes of which fields are unique.
final class UniqueFields {
  private final ServedApi api;
  private final List<Change> entering = new ArrayList<>();
  private final List<Change> leaving = new ArrayList<>();

  private record Change(Model model, String field) {}

  /// @param before what was deployed before
  UniqueFields(ServedApi api, Optional<Api> before) {
    this.api = api;
    var models = api.api().models();
    before.ifPresent(old ->
        old.models().values().forEach(model -> compare(model, models.get(model.type()), leaving)));
    models
        .values()
        .forEach(model ->
            compare(
                model, before.map(old -> old.models().get(model.type())).orElse(null), entering));
  }

  private static void compare(Model model, @Nullable Model other, List<Change> changes) {
    model.unique().stream()
        .filter(field -> other == null || !other.unique().contains(field))
        .forEach(field -> changes.add(new Change(model, field)));
  }

  /// True if no field becomes unique.
  boolean isEmpty() {
    return entering.isEmpty();
  }

  /// Enters what is there already.
  ///
  /// @throws DeploymentException if two objects have the same value
  void enter(DynamoDbClient client) {
    var table = new UniqueTable(api, client);
    leaving.forEach(change -> table.leave(change.model().type(), change.field()));
    for (Change change : entering) {
      table
          .enter(change.model(), change.field())
          .ifPresent(value -> {
            throw new DeploymentException(
                "The field "
                    + change.model().type()
                    + "."
                    + change.field()
                    + " cannot be unique: several objects have the value "
                    + value);
          });
    }
    leaving.clear();
  }
}
