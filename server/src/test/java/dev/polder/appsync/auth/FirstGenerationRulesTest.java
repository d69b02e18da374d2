package dev.polder.appsync.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.AuthRule.Provider;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.run.FieldException;
import dev.polder.appsync.run.Identity;
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

/// What the first generation lets whom do with schemas that people wrote for it.
class FirstGenerationRulesTest {
  private static final AuthSettings SETTINGS =
      new AuthSettings(
          new AuthSetting.UserPool("eu-west-1_pool", "eu-west-1", null, false),
          List.of(new AuthSetting.ApiKey(), new AuthSetting.Iam()));

  private static final Identity ANN = user("ann", "Editors");
  private static final Identity BOB = user("bob");
  private static final Identity KEY = new KnownCaller.ByKey();

  private static Identity user(String name, String... groups) {
    return claiming(
        Map.of("sub", name + "-sub", "cognito:username", name, "cognito:groups", List.of(groups)));
  }

  private static Identity claiming(Map<String, @Nullable Object> claims) {
    return new KnownCaller.ByToken(Provider.USER_POOLS, claims, "127.0.0.1", false);
  }

  private static Request by(Identity identity) {
    return new Request("", null, Map.of(), Map.of(), identity, false);
  }

  private static Map<String, @Nullable Object> object(@Nullable Object... pairs) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return object;
  }

  /// An API of one model, `Memo`.
  private record Memos(Api api, FirstGenerationRules rules, Model model) {
    static Memos of(String schema) {
      var modes =
          new AuthModes(
              AuthMode.AMAZON_COGNITO_USER_POOLS, Set.of(AuthMode.API_KEY, AuthMode.AWS_IAM));
      Api api =
          Transform.of(new TransformOptions(Generation.V1, Map.of(), modes, Map.of()))
              .apply(schema);
      return new Memos(
          api,
          new FirstGenerationRules(api, SETTINGS),
          Objects.requireNonNull(api.models().get("Memo")));
    }

    Map<String, @Nullable Object> create(Identity who, @Nullable Object... input) {
      return rules.create(by(who), model, object(input));
    }

    @Nullable Object condition(Identity who, Operation operation, @Nullable Object... input) {
      return rules.condition(by(who), model, operation, object(input));
    }

    boolean sees(Identity who, Operation operation, @Nullable Object... stored) {
      var judge = rules.judge(by(who), model, operation);
      return judge == null || judge.test(object(stored));
    }

    void read(Identity who, String field, @Nullable Object... source) {
      rules.field(by(who), new FieldName("Memo", field), object(source));
    }
  }

  @Test
  void whatNoRuleSpeaksOfIsOpen() {
    var memos =
        Memos.of(
            "type Memo @model @auth(rules: [{allow: owner, operations: [create]}]) { id: ID! }");
    assertThat(memos.sees(BOB, Operation.GET, "owner", "ann")).isTrue();
    assertThat(memos.condition(BOB, Operation.DELETE, "id", "1")).isNull();
    assertThatThrownBy(() -> memos.create(BOB, "owner", "ann"))
        .isInstanceOf(FieldException.class)
        .hasMessage("Not Authorized");
  }

  @Test
  void olderArgumentsSpeakOfTheModelsOwnQueriesAlone() {
    var memos =
        Memos.of(
            """
            type Memo @model @auth(rules: [{allow: groups, groupsField: "readers", queries: [get, list], mutations: []}]) {
              id: ID! readers: [String] }
            """);
    assertThat(memos.sees(ANN, Operation.LIST, "readers", List.of("Editors"))).isTrue();
    assertThat(memos.sees(BOB, Operation.LIST, "readers", List.of("Editors"))).isFalse();
    assertThat(memos.sees(BOB, Operation.SYNC, "readers", List.of("Editors"))).isTrue();
    assertThat(memos.create(BOB, "readers", null)).containsEntry("readers", null);
  }

  @Test
  void everyOwnerFieldIsFilledInForWhomeverCreates() {
    var memos =
        Memos.of(
            """
            type Memo @model @auth(rules: [
              {allow: owner}, {allow: owner, ownerField: "writers"}, {allow: groups, groups: ["Editors"]}]) {
              id: ID! owner: String writers: [String] }
            """);
    assertThat(memos.create(ANN))
        .containsEntry("owner", "ann")
        .containsEntry("writers", List.of("ann"));
    assertThat(memos.create(BOB, "owner", "ann"))
        .containsEntry("owner", "ann")
        .containsEntry("writers", List.of("bob"));
    assertThatThrownBy(() -> memos.create(BOB, "owner", "ann", "writers", List.of("ann")))
        .hasMessage("Not Authorized");
    assertThat(memos.create(ANN, "owner", "bob", "writers", List.of("bob"))).hasSize(2);
  }

  @Test
  void writesDemandOfTheStoredObjectWhatTheRulesSay() {
    var memos =
        Memos.of(
            """
            type Memo @model @auth(rules: [
              {allow: owner, ownerField: "writers"}, {allow: groups, groupsField: "group"},
              {allow: groups, groups: ["Chiefs"], operations: [delete]}]) {
              id: ID! writers: [String] group: String }
            """);
    assertThat(memos.condition(ANN, Operation.UPDATE, "id", "1"))
        .isEqualTo(
            Map.of(
                "and",
                List.of(
                    Map.of(
                        "or",
                        List.of(
                            Map.of("group", Map.of("eq", "Editors")),
                            Map.of("writers", Map.of("contains", "ann")))))));
    assertThat(memos.condition(user("eve", "Chiefs"), Operation.DELETE, "id", "1")).isNull();
  }

  @Test
  void noConditionLetsAnybodyInWhereNoneCouldHold() {
    var memos =
        Memos.of(
            "type Memo @model @auth(rules: [{allow: groups, groupsField: \"group\"}]) { id: ID! group: String }");
    assertThatThrownBy(() -> memos.condition(BOB, Operation.UPDATE, "id", "1"))
        .hasMessage("Not Authorized");
    assertThat(memos.sees(BOB, Operation.GET, "group", "Editors")).isFalse();
  }

  @Test
  void rulesOfAFieldAreCheckedBesideThoseOfItsType() {
    var memos =
        Memos.of(
            """
            type Memo @model @auth(rules: [{allow: owner}]) {
              id: ID! owner: String
              pay: Int @auth(rules: [{allow: groups, groups: ["Editors"], operations: [create, update]}])
              note: String @auth(rules: [{allow: groups, groups: ["Editors"], operations: [delete]}]) }
            """);
    assertThat(memos.create(BOB, "note", "n")).containsEntry("owner", "bob");
    assertThatThrownBy(() -> memos.create(BOB, "pay", 1)).hasMessage("Not Authorized");
    assertThatThrownBy(() -> memos.create(ANN, "pay", 1, "owner", "bob"))
        .hasMessage("Not Authorized");
    assertThat(memos.condition(BOB, Operation.UPDATE, "note", "m")).isNotNull();
    assertThatThrownBy(() -> memos.condition(BOB, Operation.UPDATE, "note", null))
        .hasMessage("Not Authorized");
    assertThat(memos.condition(ANN, Operation.UPDATE, "note", null, "pay", 2)).isNotNull();
  }

  @Test
  void aFieldThatNotEverybodyMayReadIsNullInTheAnswerOfAMutation() {
    String schema =
        """
        type Memo @model%s {
          id: ID! owner: String secret: String @auth(rules: [{allow: owner}]) }
        """;
    var secret = new FieldName("Memo", "secret");
    var create = new FieldName("Mutation", "createMemo");
    var memos = Memos.of(schema.formatted(""));
    assertThat(memos.rules.shown(secret, create, "s")).isNull();
    assertThat(memos.rules.shown(secret, null, "s")).isEqualTo("s");
    assertThat(memos.rules.shown(new FieldName("Memo", "id"), create, "1")).isEqualTo("1");
    memos.read(ANN, "secret", "owner", "ann");
    assertThatThrownBy(() -> memos.read(BOB, "secret", "owner", "ann"))
        .hasMessage("Not Authorized to access secret on type Memo");
    var open = Memos.of(schema.formatted("(subscriptions: {level: public})"));
    assertThat(open.rules.shown(secret, create, "s")).isEqualTo("s");
  }

  @Test
  void onlyCallersOfARulesKindAreChecked() {
    var memos =
        Memos.of(
            """
            type Memo @model @auth(rules: [{allow: owner}, {allow: public}]) { id: ID! owner: String }
            """);
    assertThat(memos.sees(KEY, Operation.GET, "owner", "ann")).isTrue();
    assertThat(memos.create(KEY)).isEmpty();
    assertThat(memos.sees(BOB, Operation.GET, "owner", "ann")).isFalse();
  }

  @Test
  void aRuleForAllUsersSwitchesTheCheckOff() {
    var memos =
        Memos.of(
            """
            type Memo @model @auth(rules: [{allow: owner}, {allow: private, operations: [read]}]) {
              id: ID! owner: String }
            """);
    assertThat(memos.sees(BOB, Operation.LIST, "owner", "ann")).isTrue();
    assertThat(memos.condition(BOB, Operation.DELETE, "id", "1")).isNotNull();
  }

  @Test
  void aSubscriberIsInAGroupOrNamesItself() {
    var memos =
        Memos.of(
            """
            type Memo @model @auth(rules: [{allow: owner}, {allow: groups, groups: ["Editors"]}]) {
              id: ID! owner: String }
            """);
    var created = new FieldName("Subscription", "onCreateMemo");
    assertThat(memos.rules.subscribe(by(ANN), created, "Memo", Map.of())).isEmpty();
    assertThat(memos.rules.subscribe(by(BOB), created, "Memo", Map.of("owner", "bob"))).isEmpty();
    for (Map<String, @Nullable Object> arguments :
        List.<Map<String, @Nullable Object>>of(Map.of(), Map.of("owner", "ann"))) {
      assertThatThrownBy(() -> memos.rules.subscribe(by(BOB), created, "Memo", arguments))
          .hasMessage("Not Authorized to access onCreateMemo on type Subscription");
    }
  }

  @Test
  void aFieldOutsideOfModelsAsksForGroupsAlone() {
    var memos =
        Memos.of(
            """
            type Memo @model { id: ID! }
            type Query { totals: String @auth(rules: [{allow: groups, groups: ["Editors"]}]) }
            """);
    var totals = new FieldName("Query", "totals");
    memos.rules.field(by(ANN), totals, Map.of());
    assertThatThrownBy(() -> memos.rules.field(by(BOB), totals, Map.of()))
        .hasMessage("Not Authorized to access totals on type Query");
  }

  /// Amplify's generated templates make all checks of a write with the same variables.
  @Test
  void whoPassesAFieldsCheckAsOwnerOrByAGroupOfTheInputPassesTheTypesToo() {
    var memos =
        Memos.of(
            """
            type Memo @model @auth(rules: [{allow: groups, groupsField: "readers"}]) {
              id: ID! owner: String team: String readers: [String]
              note: String @auth(rules: [{allow: owner}])
              pay: Int @auth(rules: [{allow: groups, groupsField: "team"}]) }
            """);
    assertThatThrownBy(() -> memos.create(ANN)).hasMessage("Not Authorized");
    assertThat(memos.create(ANN, "note", "n")).containsEntry("owner", "ann");
    assertThat(memos.create(ANN, "pay", 1, "team", "Editors")).hasSize(2);
    assertThatThrownBy(() -> memos.create(BOB, "pay", 1, "team", "Editors"))
        .hasMessage("Not Authorized");
  }

  @Test
  void aCheckWithoutRulesForOwnersDemandsWhatTheOneBeforeItDid() {
    var memos =
        Memos.of(
            """
            type Memo @model @auth(rules: [{allow: groups, groupsField: "team"}]) {
              id: ID! owner: String team: String
              note: String @auth(rules: [{allow: owner}]) }
            """);
    Map<String, Object> owned = Map.of("owner", Map.of("eq", "ann"));
    Map<String, Object> shared = Map.of("team", Map.of("eq", "Editors"));
    assertThat(memos.condition(ANN, Operation.UPDATE, "id", "1"))
        .isEqualTo(Map.of("and", List.of(Map.of("or", List.of(shared)))));
    assertThat(memos.condition(ANN, Operation.UPDATE, "id", "1", "note", "n"))
        .isEqualTo(
            Map.of(
                "and",
                List.of(Map.of("or", List.of(owned)), Map.of("or", List.of(shared, owned)))));
  }

  @Test
  void groupsInATextAreTakenApartUnlessTheClaimIsCognitos() {
    var memos =
        Memos.of(
            """
            type Memo @model @auth(rules: [
              {allow: groups, groups: ["Editors"]},
              {allow: groups, groups: ["Chiefs"], groupClaim: "roles"}]) { id: ID! }
            """);
    String text = "[\"Editors\", \"Chiefs\"]";
    Identity eve = claiming(Map.of("sub", "s", "username", "eve", "cognito:groups", text));
    Identity fay = claiming(Map.of("sub", "s", "username", "fay", "roles", text));
    assertThat(memos.sees(eve, Operation.GET, "id", "1")).isFalse();
    assertThat(memos.sees(fay, Operation.GET, "id", "1")).isTrue();
  }

  @Test
  void aConnectionWithRulesGoesByThemAloneUnlessTheModelItLeadsToComesLater() {
    String folder = "type Folder @model @auth(rules: [{allow: owner}]) { id: ID! owner: String }";
    String memo =
        """
        type Memo @model {
          id: ID! folderID: ID
          folder: Folder @connection(fields: ["folderID"])
            @auth(rules: [{allow: groups, groups: ["Editors"]}]) }
        """;
    var connection = new FieldName("Memo", "folder");
    var first = Memos.of(folder + memo);
    var model = Objects.requireNonNull(first.api.models().get("Folder"));
    assertThat(first.rules.judgeRelated(by(ANN), connection, model)).isNull();
    assertThat(Memos.of(memo + folder).rules.judgeRelated(by(ANN), connection, model)).isNotNull();
  }
}
