package dev.polder.appsync.transform.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.api.Generation;
import dev.polder.appsync.transform.AuthMode;
import dev.polder.appsync.transform.AuthModes;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.TransformOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user is told of a wrong schema. Our wording is Amplify's; each message was compared with
/// what the real tool says of the same schema.
final class SchemaCheckTest {

  private static List<Problem> check(String schema) {
    return SchemaCheck.check(schema, TransformOptions.of(Generation.V2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type A @model { id ID }                          | Expected \":\", found Name \"ID\".",
        "type A { id: ID! = 1 }                           | Expected Name, found \"=\".",
        "type A { }                                       | Expected Name, found \"}\".",
        "type A @model(queries: $x) { id: ID }            | Unexpected \"$\".",
        "type A @model { id: ID! 'x' }                    | Unexpected single quote character ('), did you mean to use a double quote (\")?",
        "type A @key(name: \"x) { id: ID }                | Unterminated string.",
        "type A @auth(rules: [{allow: 01}]) { id: ID }    | Invalid number, unexpected digit after 0: \"1\".",
        "directive @a on THING                            | Unexpected Name \"THING\".",
        "typ A { id: ID }                                 | Unexpected Name \"typ\".",
      })
  void syntaxErrorsReadAsInTheReferenceImplementation(String schema, String message) {
    assertThat(check(schema))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.kind()).isEqualTo("GraphQLError");
          assertThat(problem.message()).isEqualTo("Syntax Error: " + message);
        });
  }

  @Test
  void validationDrawsThePlace() {
    String schema =
        """
        type Post @model {
          id: ID!
          author: Auhtor
        }

        type Author @model {
          id: ID!
        }
        """;

    assertThat(check(schema))
        .containsExactly(
            new Problem(
                "SchemaValidationError",
                """
                Schema validation failed.

                Unknown type "Auhtor". Did you mean "Author"?

                GraphQL request:3:11
                2 |   id: ID!
                3 |   author: Auhtor
                  |           ^
                4 | } \
                """,
                3,
                11));
  }

  @Test
  void directivesOfTheFirstGenerationAreNamedTogether() {
    assertThat(check("type A @model @key(fields: [\"id\"]) { id: ID! b: A @connection }"))
        .singleElement()
        .extracting(Problem::message)
        .isEqualTo(
            "Your GraphQL Schema is using \"@key\", \"@connection\" directives from an older version"
                + " of the GraphQL Transformer. Visit"
                + " https://docs.amplify.aws/cli/migration/transformer-migration/ to learn how to"
                + " migrate your GraphQL schema.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type Query @model { id: ID! }                                  | 'Query' is a reserved type name and currently in use within the default schema element.",
        "type A @model { id: ID @primaryKey }                           | The primary key on type 'A' must reference non-null fields.",
        "type A { id: ID! @primaryKey }                                 | The @primaryKey directive may only be added to object definitions annotated with @model.",
        "type A @model { id: ID! @primaryKey(sortKeyFields: [\"x\"]) }  | Can't find field 'x' in A, but it was specified in the primary key.",
        "type A @model { a: Boolean! b: ID! @primaryKey(sortKeyFields: [\"a\"]) } | Sort Key Condition could not be constructed for field 'a'",
        "type A @model { a: [ID] @index(name: \"byA\") }                | Index 'byA' on type 'A.a' cannot be a non-scalar.",
        "type A @model { b: B @hasOne } type B { id: ID! }              | Object type B must be annotated with @model.",
        "type A @model { b: B @hasMany } type B @model { id: ID! }      | @hasMany must be used with a list. Use @hasOne for non-list types.",
        "type A @model { b: B @belongsTo } type B @model { id: ID! }    | B must have a relationship with A in order to use @belongsTo.",
        "type A @model { b: [B] @hasMany(references: [\"aId\"]) } type B @model { aId: ID } | Uni-directional relationships are not supported. Add a @belongsTo field in B to match the @hasMany field A.b, and ensure the number and type of reference fields match the number and type of primary key fields in A.",
        "type A @model { b: [B] @manyToMany(relationName: \"R\") } type B @model { id: ID! } | @manyToMany relation 'R' must be used in exactly two locations.",
        "type A @model { n: Int @default(value: \"x\") }                | Default value \"x\" is not a valid Int.",
        "type A @model @mapsTo(name: \"B\") { id: ID! } type B @model { id: ID! } | Cannot apply @mapsTo with name \"B\" on type \"A\" because \"B\" model already exists in the schema.",
        "type A @model @auth(rules: []) { id: ID! }                     | @auth on A does not have any auth rules.",
        "type A @model @auth(rules: [{allow: owner}]) { id: ID! }       | @auth directive with 'userPools' provider found, but the project has no Cognito User Pools authentication provider configured.",
        "type A @model @auth(rules: [{allow: public}, {allow: public}]) { id: ID! } | @auth A:apiKey:public already exists for A",
      })
  void directivesAreCheckedInAmplifysWords(String schema, String message) {
    assertThat(check(schema)).first().extracting(Problem::message).isEqualTo(message);
  }

  @Test
  void everyProblemOfTheSameStepIsNamedWithItsLine() {
    String schema =
        """
        type A @model {
          id: ID @primaryKey
        }
        type B @model {
          id: ID @primaryKey
          a: A @belongsTo
        }
        """;

    assertThat(check(schema)).extracting(Problem::line).containsExactly(2, 5, 6);
  }

  @Test
  void extensionsOfPolderAreKnownAndNotSuggested() {
    assertThat(
            check(
                """
                type Blog @model(queries: {count: "countBlogs"}) {
                  id: ID!
                  name: String! @unique
                  posts: [Post] @hasMany(onDelete: CASCADE, count: true)
                }
                type Post @model {
                  id: ID!
                }
                extend schema @polder(filterBeforeLimit: true)
                """))
        .isEmpty();
    assertThat(check("type A @model { id: ID! @uniq }"))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("Unknown directive \"@uniq\".\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type A @model(subscriptions: {onCreate: [\"x\"], onDelete: [\"x\"]}) { id: ID! } | A resolver for typeName Subscription fieldName: x already exists",
        "type A @model { k: K! @primaryKey b: B @hasOne } type B @model { id: ID! a: A @hasOne } enum K { X } | Expected scalar and got K",
        "type A @model { k: K! @primaryKey b: [B] @manyToMany(relationName: \"R\") } type B @model { id: ID! a: [A] @manyToMany(relationName: \"R\") } enum K { X } | Expected scalar and got K",
        "type A @model(queries: {get: \"a\", list: \"a\"}) { id: ID! } | A resolver for typeName Query fieldName: a already exists",
        "type A @model { id: ID! not: Int } | type ModelAFilterInput has already a field with name not",
        "type a @model(queries: null) { id: ID! or: [Int] } | type ModelAConditionInput has already a field with name or",
        "type A @model { id: ID! b: A @hasOne @belongsTo } | A resolver for typeName A fieldName: b already exists",
        "type A @model { id: ID! } type Mutation { createA: ID } schema { query: Query } | Object type extension 'Mutation' cannot redeclare field createA",
        "type B @model @mapsTo(name: \"Z\") { id: ID! aId: ID a: A @belongsTo(references: [\"aId\"]) c: A @hasOne } type A @model { id: ID! b: B @hasOne(references: [\"aId\"]) } | Resolver of type [A] and field [b] already registered with isList set to [true]",
      })
  void whatCannotBeGeneratedIsNamed(String schema, String message) {
    assertThat(check(schema))
        .first()
        .satisfies(problem -> {
          assertThat(problem.kind()).isEqualTo("Error");
          assertThat(problem.message()).isEqualTo(message);
          assertThat(problem.line()).isPositive();
        });
  }

  @Test
  void indexesOfOneNameAreRefusedAsTheTableWouldRefuseThem() {
    assertThat(check("type A @model { id: ID! n: Int @index(queryField: null) @index }"))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.kind()).isEqualTo("DuplicateIndexName");
          assertThat(problem.message()).isEqualTo("a duplicate index name, aSByN, is not allowed");
        });
  }

  @Test
  void anEnumIsNoKeyThatARelationLooksUpUnlessTheRelationTakesAnIdForIt() {
    String schema =
        """
        type A @model { k: K! @primaryKey b: B @hasOne }
        type B @model { id: ID! a: A @belongsTo }
        enum K { X }
        """;
    String flag = "respectPrimaryKeyAttributesOnConnectionField";
    var modes = new AuthModes(AuthMode.API_KEY, Set.of());
    assertThat(check(schema)).isNotEmpty();
    assertThat(
            SchemaCheck.check(
                schema, new TransformOptions(Generation.V2, Map.of(flag, false), modes, Map.of())))
        .isEmpty();
  }

  @Test
  void aReasonOfADeprecationIsAText() {
    assertThat(check("type A @model { id: ID! n: Int @deprecated(reason: [1]) }"))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.kind()).isEqualTo("GraphQLError");
          assertThat(problem.message()).isEqualTo("Argument \"reason\" has invalid value [1].");
          assertThat(problem.column()).isEqualTo(52);
        });
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 0"})
  void theFieldOfAnOwnerByTwoClaimsIsNoFunctionsToo(boolean flag, int problems) {
    String schema =
        """
        type Note @model @auth(rules: [{allow: owner}]) {
          id: ID!
          owner: String @function(name: "f")
        }
        """;
    var modes = new AuthModes(AuthMode.AMAZON_COGNITO_USER_POOLS, Set.of());
    Map<String, Object> flags = Map.of("useSubUsernameForDefaultIdentityClaim", flag);
    assertThat(
            SchemaCheck.check(schema, new TransformOptions(Generation.V2, flags, modes, Map.of())))
        .hasSize(problems)
        .allSatisfy(problem ->
            assertThat(problem.message())
                .isEqualTo(
                    "There is already a Construct with name 'noteOwnerResolver' in NestedStack"
                        + " [FunctionDirectiveStack]"));
  }
}
