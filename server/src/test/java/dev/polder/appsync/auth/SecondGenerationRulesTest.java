package dev.polder.appsync.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.AuthRule.Provider;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.run.Access.Sight;
import dev.polder.appsync.run.FieldException;
import dev.polder.appsync.run.Request;
import dev.polder.appsync.transform.AuthMode;
import dev.polder.appsync.transform.AuthModes;
import dev.polder.appsync.transform.Transform;
import dev.polder.appsync.transform.TransformOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the rules of an annotated schema of the second generation come to.
class SecondGenerationRulesTest {
  private static final AuthSettings POOL =
      new AuthSettings(
          new AuthSetting.UserPool("us-east-1_p", "us-east-1", null, false), List.of());

  private record Served(Api api, Authorization rules) {
    Model model(String type) {
      return Objects.requireNonNull(api.models().get(type));
    }

    Sight sight(Operation operation, @Nullable String index, String who, Object... arguments) {
      Model file = model("File");
      TableKey key = index == null ? file.key() : file.index(index).key();
      return rules.sight(by(who), file, operation, key, map(arguments));
    }
  }

  private static Served served(Map<String, Object> flags, String schema) {
    var modes = new AuthModes(AuthMode.AMAZON_COGNITO_USER_POOLS, Set.of());
    Api api =
        Transform.of(new TransformOptions(Generation.V2, flags, modes, Map.of())).apply(schema);
    return new Served(api, new Authorization(api, POOL));
  }

  private static Request by(String name) {
    return claiming(
        Map.of(
            "sub",
            name + "-sub",
            "username",
            name,
            "cognito:groups",
            name.equals("root") ? List.of("Admin") : List.of()));
  }

  private static Request claiming(Map<String, @Nullable Object> claims) {
    var caller = new KnownCaller.ByToken(Provider.USER_POOLS, claims, "127.0.0.1", false);
    return new Request("", null, Map.of(), Map.of(), caller, false);
  }

  private static Map<String, @Nullable Object> map(Object... namesAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  @ParameterizedTest
  @CsvSource({"true, root", "false, "})
  void anOwnerIsFilledInForAnAdministratorIfTheFlagSaysSo(boolean flag, @Nullable String owner) {
    var served =
        served(
            Map.of(
                "populateOwnerFieldForStaticGroupAuth",
                flag,
                "useSubUsernameForDefaultIdentityClaim",
                false),
            """
            type File @model @auth(rules: [{allow: owner}, {allow: groups, groups: ["Admin"]}]) {
              id: ID!
              owner: String
            }
            """);
    assertThat(served.rules().create(by("root"), served.model("File"), map("id", "1")).get("owner"))
        .isEqualTo(owner);
    assertThat(served.rules().create(by("ann"), served.model("File"), map("id", "1")).get("owner"))
        .isEqualTo("ann");
  }

  @Test
  void anOwnerByOneClaimIsNoOwnerByAnother() {
    var served =
        served(
            Map.of(),
            """
            type File @model
              @auth(rules: [
                {allow: owner, identityClaim: "sub", operations: [read]},
                {allow: owner, identityClaim: "username"}]) {
              id: ID!
              owner: String
              note: String @auth(rules: [{allow: owner, identityClaim: "sub"}])
            }
            """);

    assertThatThrownBy(() ->
            served.rules().create(by("ann"), served.model("File"), map("note", "n", "id", "1")))
        .describedAs("the first rule, for the note, fills in the owner; the second then misses its")
        .isInstanceOf(FieldException.class)
        .hasMessageContaining("Unauthorized on [id]");
    assertThat(
            served
                .rules()
                .create(by("ann"), served.model("File"), map("id", "1", "owner", "ann"))
                .get("owner"))
        .isEqualTo("ann");
  }

  @Test
  void besideRulesAModelWithoutRulesIsClosed() {
    String schema =
        "type Open @model { id: ID! } type Shut @model @auth(rules: [{allow: owner}]) { id: ID! }";
    var served = served(Map.of(), schema);
    assertThatThrownBy(() -> served.rules().read(by("root"), served.model("Open"), Operation.LIST))
        .isInstanceOf(FieldException.class);
    var alone = served(Map.of(), "type Open @model { id: ID! }");
    assertThat(alone.rules().read(by("ann"), alone.model("Open"), Operation.LIST)).isNull();
  }

  private static final String FILES =
      """
      type File @model @auth(rules: [
        {allow: owner, ownerField: "drawer"}, {allow: owner, ownerField: "reader"},
        {allow: groups, groups: ["Admin"]}]) {
        drawer: String! @primaryKey(sortKeyFields: ["name"])
        name: String!
        kind: String! @index(name: "byKind", queryField: "filesByKind", sortKeyFields: ["reader"])
        reader: String
      }
      """;

  private static Served files() {
    return served(Map.of("useSubUsernameForDefaultIdentityClaim", false), FILES);
  }

  @Test
  void aKeyThatNamesTheCallerNeedsNoFilter() {
    var files = files();
    assertThat(files.sight(Operation.LIST, null, "ann", "drawer", "ann").filter()).isNull();
    assertThat(files.sight(Operation.GET, null, "ann", "drawer", "ann", "name", "n").filter())
        .isNull();
    assertThat(files.sight(Operation.LIST, null, "root", "drawer", "ann").filter()).isNull();
  }

  @Test
  void aKeyThatNamesAnotherLeavesWhatOtherFieldsSay() {
    assertThat(files().sight(Operation.LIST, null, "bob", "drawer", "ann").filter())
        .isEqualTo(Map.of("or", List.of(Map.of("reader", Map.of("eq", "bob")))));
    var alone =
        served(
            Map.of(),
            """
            type File @model @auth(rules: [{allow: owner, ownerField: "drawer"}]) {
              drawer: String! @primaryKey
            }
            """);
    assertThatThrownBy(() -> alone.sight(Operation.LIST, null, "bob", "drawer", "ann"))
        .isInstanceOf(FieldException.class);
  }

  @Test
  void aScanIsFilteredByEveryField() {
    assertThat(files().sight(Operation.LIST, null, "bob").filter())
        .isEqualTo(
            Map.of(
                "or",
                List.of(
                    Map.of("reader", Map.of("eq", "bob")), Map.of("drawer", Map.of("eq", "bob")))));
  }

  @Test
  void aSortKeyThatIsNotGivenBecomesTheCaller() {
    var one =
        served(
            Map.of("useSubUsernameForDefaultIdentityClaim", false),
            FILES.replace("{allow: owner, ownerField: \"drawer\"}, ", ""));
    Sight sight = one.sight(Operation.LIST, "byKind", "bob", "kind", "pdf");
    assertThat(sight.filter()).isNull();
    assertThat(sight.arguments()).isEqualTo(Map.of("kind", "pdf", "reader", Map.of("eq", "bob")));
    assertThatThrownBy(() ->
            one.sight(
                Operation.LIST, "byKind", "bob", "kind", "pdf", "reader", Map.of("eq", "ann")))
        .isInstanceOf(FieldException.class);
  }

  @Test
  void aConnectionWhoseKeyNamesAnotherIsEmpty() {
    var files = files();
    Model file = files.model("File");
    TableKey key = new TableKey("drawer", List.of("reader"));
    assertThat(
            files
                .rules()
                .related(
                    by("bob"), file, Operation.LIST, key, map("drawer", "ann", "reader", "ann")))
        .isSameAs(Sight.NOTHING);
    assertThat(
            files
                .rules()
                .related(by("ann"), file, Operation.LIST, key, map("drawer", "ann"))
                .filter())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "'(subscriptions: {level: public})', '', false",
    "'(subscriptions: null)', '', false",
    "'', '{allow: private}', false",
  })
  void whatNotEveryReaderMayReadIsWithheldFromSubscribers(
      String model, String more, boolean withheld) {
    var served =
        served(
            Map.of(),
            """
            type File @model%s @auth(rules: [{allow: owner}, {allow: private, operations: [read]}]) {
              id: ID!
              secret: String @auth(rules: [{allow: owner}, %s])
            }
            """
                .formatted(model, more));
    assertThat(served.rules().redacts(new FieldName("File", "secret"))).isEqualTo(withheld);
  }

  @ParameterizedTest
  @CsvSource({
    "{allow: private}, {allow: private}, false, false",
    "{allow: owner}, {allow: owner}, false, true",
    "{allow: owner}, {allow: owner}, true, false",
    "{allow: owner}, {allow: private}, false, true",
  })
  void aConnectionIsWithheldUnlessTheSameCallersReadBothSides(
      String here, String there, boolean inherits, boolean withheld) {
    var served =
        served(
            Map.of("subscriptionsInheritPrimaryAuth", inherits),
            """
            type Shelf @model @auth(rules: [%s]) { id: ID! files: [File] @hasMany }
            type File @model @auth(rules: [%s]) { id: ID! name: String }
            """
                .formatted(here, there));
    assertThat(served.rules().redacts(new FieldName("Shelf", "files"))).isEqualTo(withheld);
  }

  @Test
  void whoMayOnlyDeleteAnObjectMaySetItsFieldsToNull() {
    var served =
        served(
            Map.of(),
            """
            type File @model @auth(rules: [
              {allow: private, operations: [read, update]}, {allow: owner, operations: [delete]}]) {
              id: ID!
              name: String
            }
            """);
    Model file = served.model("File");
    var stored = map("id", "1", "name", "Notes", "owner", "ann-sub::ann");
    var emptied = map("id", "1", "name", null);
    assertThat(served.rules().readsFirst(by("ann"), file, Operation.UPDATE)).isTrue();
    assertThat(served.rules().update(by("ann"), file, emptied, stored)).isEqualTo(emptied);
    assertThatThrownBy(() -> served.rules().update(by("bob"), file, emptied, stored))
        .isInstanceOf(FieldException.class)
        .hasMessage("Unauthorized on [name]");
  }

  @Test
  void theKeyOfWhatIsChangedNeedsNoRule() {
    var served =
        served(
            Map.of(),
            """
            type File @model @auth(rules: [{allow: private, operations: [read]}]) {
              id: ID!
              name: String
              note: String @auth(rules: [{allow: private, operations: [read, update]}])
            }
            """);
    Model file = served.model("File");
    var noted = map("id", "1", "note", "Read");
    assertThat(served.rules().update(by("bob"), file, noted, null)).isEqualTo(noted);
    assertThatThrownBy(
            () -> served.rules().update(by("bob"), file, map("id", "1", "name", "Notes"), null))
        .isInstanceOf(FieldException.class)
        .hasMessage("Unauthorized on [name]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"Admin\"] | root",
        "Admin,Devs | root",
        "[\"Devs\"]  | team",
        "Devs       | team",
        "devs       | "
      })
  void groupsInATextAreWhatTheTemplatesMakeOfThem(String claim, @Nullable String sees) {
    var served =
        served(
            Map.of(),
            """
            type File @model
              @auth(rules: [
                {allow: groups, groups: ["Admin"]},
                {allow: groups, groupsField: "team"},
                {allow: groups, groupsField: "teams"}]) {
              id: ID!
              team: String
              teams: [String]
            }
            """);
    Request request = claiming(Map.of("sub", "s", "username", "ann", "cognito:groups", claim));
    var seen = served.rules().read(request, served.model("File"), Operation.LIST);
    String group = claim.replaceAll("[^A-Za-z]", "");
    if ("root".equals(sees)) {
      assertThat(seen).describedAs("a part of the text is enough").isNull();
    } else {
      assertThat(seen)
          .describedAs("lists of groups are compared with arrays alone")
          .isEqualTo(Map.of("or", List.of(Map.of("team", Map.of("eq", group)))));
    }
    boolean writes = sees != null;
    var input = map("id", "1", "teams", List.of("Devs", "Admin"));
    if (writes) {
      assertThat(served.rules().create(request, served.model("File"), input)).isEqualTo(input);
    } else {
      assertThatThrownBy(() -> served.rules().create(request, served.model("File"), input))
          .isInstanceOf(FieldException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, ann", "false, ann-sub::ann"})
  void anOwnersNameIsShortenedIfTheFlagSaysSo(boolean flag, String shown) {
    var served =
        served(
            Map.of("useSubUsernameForDefaultIdentityClaim", flag),
            """
            type File @model @auth(rules: [{allow: owner, identityClaim: "sub::username"}]) {
              id: ID!
              owner: String
            }
            """);
    assertThat(served.rules().shown(new FieldName("File", "owner"), null, "ann-sub::ann"))
        .isEqualTo(shown);
  }

  @Test
  void anOwnerIsFilledInThoughAGroupOfTheInputLetsTheCreatorIn() {
    var served =
        served(
            Map.of("populateOwnerFieldForStaticGroupAuth", false),
            """
            type File @model
              @auth(rules: [{allow: groups, groupsField: "teams"}, {allow: owner}]) {
              id: ID!
              teams: [String]
            }
            """);
    assertThat(
            served
                .rules()
                .create(
                    by("root"), served.model("File"), map("id", "1", "teams", List.of("Admin"))))
        .containsEntry("owner", "root-sub::root");
  }
}
