package dev.polder.appsync.auth;

import static java.lang.System.Logger.Level.INFO;

import dev.polder.appsync.api.FieldName;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Permissions;
import dev.polder.kernel.Scope;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks the policies of a signer's role before anything is run: the action `appsync:GraphQL` on
/// each field of a root type that is asked for. Of fields below these nothing is asked.
///
/// https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#aws-iam-authorization
final class FieldPermissions {
  private static final System.Logger LOG = System.getLogger(FieldPermissions.class.getName());
  private static final String SESSION = ":assumed-role/";

  private final Permissions permissions;

  FieldPermissions(Permissions permissions) {
    this.permissions = permissions;
  }

  /// @param scope of the API
  /// @throws UnauthorizedException if a policy lacks one of the fields
  void require(Caller signer, Scope scope, Asked asked) {
    // Others are restricted by nothing; their documents need not be read twice.
    if (!signer.arn().contains(SESSION) || asked.query().isEmpty()) {
      return;
    }
    for (FieldName field : fields(asked)) {
      String resource =
          "apis/" + asked.apiId() + "/types/" + field.type() + "/fields/" + field.field();
      String arn = scope.arn("appsync", resource).toString();
      Optional<String> denial =
          permissions.denial(signer, scope, "appsync", "GraphQL", () -> Map.of("FieldArn", arn));
      if (denial.isPresent()) {
        // The answer does not say what is missing.
        LOG.log(INFO, denial.get());
        throw UnauthorizedException.denied();
      }
    }
  }

  private static Set<FieldName> fields(Asked asked) {
    Set<FieldName> fields = new LinkedHashSet<>();
    Document document;
    try {
      document = Parser.parse(asked.query());
    } catch (InvalidSyntaxException _) {
      return fields; // which is for the one to say who runs it
    }
    for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      if (asked.operationName() == null || asked.operationName().equals(operation.getName())) {
        String type =
            switch (operation.getOperation()) {
              case QUERY -> "Query";
              case MUTATION -> "Mutation";
              case SUBSCRIPTION -> "Subscription";
            };
        new Root(document, type, fields).add(operation.getSelectionSet());
      }
    }
    return fields;
  }

  /// The fields of a root type that an operation asks for, wherever they are written.
  private record Root(
      Document document, String type, Set<FieldName> fields, Set<String> fragments) {
    Root(Document document, String type, Set<FieldName> fields) {
      this(document, type, fields, new HashSet<>());
    }

    void add(SelectionSet selections) {
      for (Selection<?> selection : selections.getSelections()) {
        switch (selection) {
          case Field field when field.getName().startsWith("__") -> {}
          case Field field -> fields.add(new FieldName(type, field.getName()));
          case InlineFragment fragment -> add(fragment.getSelectionSet());
          case FragmentSpread spread when fragments.add(spread.getName()) ->
              document.getDefinitionsOfType(FragmentDefinition.class).stream()
                  .filter(each -> each.getName().equals(spread.getName()))
                  .forEach(each -> add(each.getSelectionSet()));
          default -> {}
        }
      }
    }
  }
}
