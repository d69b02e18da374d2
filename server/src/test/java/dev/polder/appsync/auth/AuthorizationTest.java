package dev.polder.appsync.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.AuthRule.Provider;
import dev.polder.appsync.api.Extensions;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.Redaction;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.run.FieldException;
import dev.polder.appsync.run.Identity;
import dev.polder.appsync.run.Request;
import dev.polder.kernel.Caller;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Rule by caller by operation: who may do what.
class AuthorizationTest {
  private static final String SDL =
      """
      schema { query: Query, mutation: Mutation, subscription: Subscription }
      type Query { getNote(id: ID!): Note, stats: String, open: String @aws_api_key, admin: String @aws_cognito_user_pools(cognito_groups: ["Admin"]) }
      type Mutation { createNote(title: String): Note }
      type Subscription { onCreateNote(owner: String): Note @aws_subscribe(mutations: ["createNote"]) @aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc @aws_lambda }
      type Note @aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc @aws_lambda {
        id: ID!
        title: String
        secret: String
        owner: String
        editors: [String]
        group: String
        groups: [String]
      }
      """;

  private static final AuthSettings ALL =
      new AuthSettings(
          new AuthSetting.UserPool("us-east-1_pool", "us-east-1", null, false),
          List.of(
              new AuthSetting.ApiKey(),
              new AuthSetting.Iam(),
              new AuthSetting.Oidc("https://issuer", null, 0, 0),
              new AuthSetting.Function("authorise", 0, null)));

  private static final Model NOTE =
      new Model(
          "Note",
          "Note",
          new TableKey("id", List.of()),
          List.of(),
          Map.of(),
          null,
          null,
          null,
          List.of(),
          List.of());

  private static final Map<String, Redaction> REDACTIONS = Map.of("Note", Redaction.CONNECTIONS);

  private static final FieldName ON_CREATE = new FieldName("Subscription", "onCreateNote");

  private static AuthRule rule(Allow allow, Provider provider, Operation... operations) {
    return rule(allow, provider, null, List.of(), null, operations);
  }

  private static AuthRule rule(
      Allow allow,
      Provider provider,
      @Nullable String ownerField,
      List<String> groups,
      @Nullable String groupsField,
      Operation... operations) {
    Set<Operation> all =
        operations.length == 0
            ? EnumSet.allOf(Operation.class)
            : EnumSet.copyOf(List.of(operations));
    return new AuthRule(
        allow,
        provider,
        ownerField,
        "sub::username",
        "cognito:groups",
        groups,
        groupsField,
        all,
        true,
        true);
  }

  private static Authorization with(AuthRule... rules) {
    return new Authorization(
        new Api(
            Generation.V2,
            SDL,
            Map.of("Note", NOTE),
            Map.of(),
            Map.of("Note", List.of(rules)),
            Map.of(),
            REDACTIONS,
            Extensions.NONE),
        ALL);
  }

  private static Authorization withField(List<AuthRule> rules, List<AuthRule> ofSecret) {
    return new Authorization(
        new Api(
            Generation.V2,
            SDL,
            Map.of("Note", NOTE),
            Map.of(),
            Map.of("Note", rules),
            Map.of(new FieldName("Note", "secret"), ofSecret),
            REDACTIONS,
            Extensions.NONE),
        ALL);
  }

  private static Identity user(Provider provider, String name, String... groups) {
    return new KnownCaller.ByToken(
        provider,
        Map.of("sub", name + "-sub", "username", name, "cognito:groups", List.of(groups)),
        "127.0.0.1",
        false);
  }

  private static final Identity ANN = user(Provider.USER_POOLS, "ann", "Admin");
  private static final Identity BOB = user(Provider.USER_POOLS, "bob");
  private static final Identity OIDC = user(Provider.OIDC, "ann", "Admin");
  private static final Identity KEY = new KnownCaller.ByKey();
  private static final Identity SIGNED =
      new KnownCaller.BySignature(Caller.root("AKIA", "000000000000"), "127.0.0.1");
  private static final Identity FUNCTION =
      new KnownCaller.ByFunction(Map.of(), Set.of("Note.secret"));

  private static Request by(Identity identity) {
    return new Request("", null, Map.of(), Map.of(), identity, false);
  }

  /// What happened, in a word: `yes`, `filtered` (by the caller's names), or `no`.
  private static String tried(
      Authorization rules,
      Identity who,
      Operation operation,
      Map<String, @Nullable Object> stored) {
    try {
      switch (operation) {
        case CREATE -> rules.create(by(who), NOTE, input("title", "t"));
        case UPDATE -> rules.update(by(who), NOTE, input("title", "t"), stored);
        case DELETE -> rules.delete(by(who), NOTE, stored);
        case GET, LIST, SYNC, SEARCH -> {
          return rules.read(by(who), NOTE, operation) == null ? "yes" : "filtered";
        }
        case LISTEN -> {
          return rules.subscribe(by(who), ON_CREATE, "Note", Map.of()).isEmpty()
              ? "yes"
              : "filtered";
        }
      }
      return "yes";
    } catch (FieldException e) {
      assertThat(e.type()).isEqualTo("Unauthorized");
      return "no";
    }
  }

  private static Map<String, @Nullable Object> input(String name, @Nullable Object value) {
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    input.put(name, value);
    return input;
  }

  static Stream<Arguments> table() {
    var owner = rule(Allow.OWNER, Provider.USER_POOLS);
    var ownerReads = rule(Allow.OWNER, Provider.USER_POOLS, Operation.GET, Operation.LIST);
    var editors = rule(Allow.OWNER, Provider.USER_POOLS, "editors", List.of(), null);
    var admins = rule(Allow.GROUPS, Provider.USER_POOLS, null, List.of("Admin"), null);
    var group = rule(Allow.GROUPS, Provider.USER_POOLS, null, List.of(), "group");
    var groups = rule(Allow.GROUPS, Provider.USER_POOLS, null, List.of(), "groups");
    var open = rule(Allow.PUBLIC, Provider.API_KEY);
    var signedIn = rule(Allow.PRIVATE, Provider.USER_POOLS);
    var signed = rule(Allow.PRIVATE, Provider.IAM);
    var custom = rule(Allow.CUSTOM, Provider.FUNCTION);
    var oidcOwner = rule(Allow.OWNER, Provider.OIDC);
    Map<String, Object> anns =
        Map.of(
            "owner",
            "ann-sub::ann",
            "editors",
            List.of("ann"),
            "group",
            "Admin",
            "groups",
            List.of("Admin"));
    // rule, caller, and then create, get, list, update, delete (of an object of ann's), listen
    return Stream.of(
        Arguments.of(owner, ANN, anns, "yes filtered filtered yes yes filtered"),
        Arguments.of(owner, BOB, anns, "yes filtered filtered no no filtered"),
        Arguments.of(owner, KEY, anns, "no no no no no no"),
        Arguments.of(owner, OIDC, anns, "no no no no no no"),
        Arguments.of(oidcOwner, OIDC, anns, "yes filtered filtered yes yes filtered"),
        Arguments.of(ownerReads, ANN, anns, "no filtered filtered no no no"),
        Arguments.of(editors, ANN, anns, "yes filtered filtered yes yes filtered"),
        Arguments.of(editors, BOB, anns, "yes filtered filtered no no filtered"),
        Arguments.of(admins, ANN, anns, "yes yes yes yes yes yes"),
        Arguments.of(admins, BOB, anns, "no no no no no no"),
        Arguments.of(group, ANN, anns, "no filtered filtered yes yes filtered"),
        Arguments.of(group, BOB, anns, "no no no no no no"),
        Arguments.of(groups, ANN, anns, "no filtered filtered yes yes filtered"),
        Arguments.of(open, KEY, anns, "yes yes yes yes yes yes"),
        Arguments.of(open, ANN, anns, "no no no no no no"),
        Arguments.of(signedIn, BOB, anns, "yes yes yes yes yes yes"),
        Arguments.of(signedIn, KEY, anns, "no no no no no no"),
        Arguments.of(signed, SIGNED, anns, "yes yes yes yes yes yes"),
        Arguments.of(signed, BOB, anns, "no no no no no no"),
        Arguments.of(custom, FUNCTION, anns, "yes yes yes yes yes yes"),
        Arguments.of(custom, KEY, anns, "no no no no no no"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void whoMayDoWhat(
      AuthRule rule, Identity who, Map<String, @Nullable Object> stored, String expected) {
    var rules = with(rule);
    List<String> found = new ArrayList<>();
    for (Operation operation :
        List.of(
            Operation.CREATE,
            Operation.GET,
            Operation.LIST,
            Operation.UPDATE,
            Operation.DELETE,
            Operation.LISTEN)) {
      found.add(tried(rules, who, operation, stored));
    }
    assertThat(String.join(" ", found)).isEqualTo(expected);
  }

  @Test
  void creatingFillsTheOwnerInAndRefusesAnothers() {
    var rules = with(rule(Allow.OWNER, Provider.USER_POOLS));
    assertThat(rules.create(by(ANN), NOTE, input("title", "t")))
        .containsEntry("owner", "ann-sub::ann");
    assertThat(rules.create(by(ANN), NOTE, input("owner", "ann"))).containsEntry("owner", "ann");
    assertThatThrownBy(() -> rules.create(by(ANN), NOTE, input("owner", "bob")))
        .isInstanceOf(FieldException.class);
    assertThatThrownBy(() -> rules.create(by(ANN), NOTE, input("owner", null)))
        .isInstanceOf(FieldException.class);
    var list = with(rule(Allow.OWNER, Provider.USER_POOLS, "editors", List.of(), null));
    assertThat(list.create(by(ANN), NOTE, input("title", "t")))
        .containsEntry("editors", List.of("ann-sub::ann"));
  }

  @Test
  void readingFiltersByEveryNameOfTheOwnerAndEveryGroup() {
    var rules =
        with(
            rule(Allow.OWNER, Provider.USER_POOLS),
            rule(Allow.GROUPS, Provider.USER_POOLS, null, List.of(), "groups"));
    assertThat(rules.read(by(ANN), NOTE, Operation.LIST))
        .isEqualTo(
            Map.of(
                "or",
                List.of(
                    Map.of("owner", Map.of("eq", "ann-sub::ann")),
                    Map.of("owner", Map.of("eq", "ann-sub")),
                    Map.of("owner", Map.of("eq", "ann")),
                    Map.of("groups", Map.of("contains", "Admin")))));
  }

  @Test
  void anOwnerIsShownByName() {
    var rules = with(rule(Allow.OWNER, Provider.USER_POOLS));
    assertThat(rules.shown(new FieldName("Note", "owner"), null, "ann-sub::ann")).isEqualTo("ann");
  }

  @Test
  void nullIsWrittenOnlyByWhoMayDelete() {
    var rules = with(rule(Allow.PRIVATE, Provider.USER_POOLS, Operation.UPDATE));
    assertThat(rules.update(by(BOB), NOTE, input("title", "t"), Map.of())).isNotNull();
    assertThatThrownBy(() -> rules.update(by(BOB), NOTE, input("title", null), Map.of()))
        .hasMessage("Unauthorized on [title]");
  }

  @Test
  void aFieldsRulesTakeThePlaceOfTheModels() {
    var rules =
        withField(
            List.of(rule(Allow.PRIVATE, Provider.USER_POOLS)),
            List.of(rule(Allow.GROUPS, Provider.USER_POOLS, null, List.of("Admin"), null)));
    var secret = new FieldName("Note", "secret");
    assertThat(rules.guards(secret)).isTrue();
    rules.field(by(ANN), secret, Map.of());
    assertThatThrownBy(() -> rules.field(by(BOB), secret, Map.of()))
        .hasMessage("Not Authorized to access secret on type Note");
    assertThatThrownBy(() -> rules.create(by(BOB), NOTE, input("secret", "s")))
        .hasMessage("Unauthorized on [secret]");
    assertThat(rules.create(by(ANN), NOTE, input("secret", "s"))).isNotNull();
    // Who may not delete every field may not delete.
    assertThatThrownBy(() -> rules.delete(by(BOB), NOTE, Map.of()))
        .isInstanceOf(FieldException.class);
    // A subscriber must not see it through a mutation.
    assertThat(rules.redacts(secret)).isTrue();
    assertThat(rules.redacts(new FieldName("Note", "title"))).isFalse();
  }

  @Test
  void directivesSayWhichModesAFieldAccepts() {
    var rules = with();
    var open = new FieldName("Query", "open");
    rules.field(by(KEY), open, Map.of());
    assertThatThrownBy(() -> rules.field(by(ANN), open, Map.of()))
        .hasMessage("Not Authorized to access open on type Query");
    // What names no mode accepts the initial one.
    rules.field(by(BOB), new FieldName("Query", "stats"), Map.of());
    assertThatThrownBy(() -> rules.field(by(KEY), new FieldName("Query", "stats"), Map.of()))
        .isInstanceOf(FieldException.class);
    rules.field(by(ANN), new FieldName("Query", "admin"), Map.of());
    assertThatThrownBy(() -> rules.field(by(BOB), new FieldName("Query", "admin"), Map.of()))
        .isInstanceOf(FieldException.class);
  }

  @Test
  void aFunctionHidesTheFieldsThatItDenies() {
    var rules = with();
    rules.field(by(FUNCTION), new FieldName("Note", "title"), Map.of());
    assertThatThrownBy(() -> rules.field(by(FUNCTION), new FieldName("Note", "secret"), Map.of()))
        .hasMessage("Not Authorized to access secret on type Note");
  }

  @Test
  void aSubscriberMayNameNoOwnerButItself() {
    var rules = with(rule(Allow.OWNER, Provider.USER_POOLS));
    assertThat(rules.subscribe(by(ANN), ON_CREATE, "Note", Map.of()))
        .contains(Map.of("or", List.of(Map.of("owner", Map.of("eq", "ann")))));
    assertThat(rules.subscribe(by(ANN), ON_CREATE, "Note", Map.of("owner", "ann")))
        .describedAs("the argument alone decides")
        .isEmpty();
    Map<String, @Nullable Object> filtered =
        Map.of("owner", "ann", "filter", Map.of("title", Map.of("eq", "a")));
    assertThat(rules.subscribe(by(ANN), ON_CREATE, "Note", filtered)).isPresent();
    assertThatThrownBy(() -> rules.subscribe(by(BOB), ON_CREATE, "Note", Map.of("owner", "ann")))
        .hasMessage("Not Authorized to access onCreateNote on type Subscription");
  }
}
