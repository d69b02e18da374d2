package dev.polder.appsync.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Caller;
import dev.polder.kernel.Permissions;
import dev.polder.kernel.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldPermissionsTest {
  private static final Caller SESSION =
      new Caller(
          "ASIA1",
          "000000000000",
          "arn:aws:sts::000000000000:assumed-role/fn/fn-dev",
          "AROA1:fn-dev",
          Caller.LOOPBACK);
  private static final String FIELDS = "arn:aws:appsync:us-east-1:000000000000:apis/a1/types/";

  private final List<String> asked = new ArrayList<>();
  private final Permissions queriesOnly =
      (_, _, service, operation, members) -> {
        String arn = String.valueOf(members.get().get("FieldArn"));
        asked.add(service + ":" + operation + " " + arn);
        return arn.startsWith(FIELDS + "Query/") ? Optional.empty() : Optional.of("denied");
      };

  private void require(Caller signer, String query, @Nullable String operation) {
    var request =
        new Asked("a1", "r1", Map.of(), Caller.LOOPBACK, signer, query, operation, Map.of());
    new FieldPermissions(queriesOnly).require(signer, Scope.DEFAULT, request);
  }

  @Test
  void aFieldThatTheRolesPoliciesLackIsDenied() {
    assertThatThrownBy(() -> require(SESSION, "mutation { createPost(input: {}) { id } }", null))
        .isInstanceOf(UnauthorizedException.class)
        .hasMessage("Permission denied");
    assertThat(asked).containsExactly("appsync:GraphQL " + FIELDS + "Mutation/fields/createPost");
  }

  @Test
  void theFieldsOfTheRootCountWhereverTheyAreWritten() {
    require(
        SESSION,
        """
        query A { a: getPost(id: 1) { blog { name } } ... { listPosts { items { id } } } ...F __typename }
        fragment F on Query { listBlogs { items { id } } ...F }
        mutation B { deletePost(input: {}) { id } }
        """,
        "A");
    assertThat(asked)
        .containsExactly(
            "appsync:GraphQL " + FIELDS + "Query/fields/getPost",
            "appsync:GraphQL " + FIELDS + "Query/fields/listPosts",
            "appsync:GraphQL " + FIELDS + "Query/fields/listBlogs");
  }

  @Test
  void whoIsNoSessionOfARoleMayAskEverything() {
    Caller root = Caller.root("AKIA1", "000000000000");
    assertThatCode(() -> require(root, "mutation { createPost(input: {}) { id } }", null))
        .doesNotThrowAnyException();
  }

  @Test
  void whatIsNoDocumentIsForOthersToRefuse() {
    assertThatCode(() -> require(SESSION, "{ nonsense", null)).doesNotThrowAnyException();
  }
}
