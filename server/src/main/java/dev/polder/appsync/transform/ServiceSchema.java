package dev.polder.appsync.transform;

import dev.polder.appsync.api.Generation;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.SchemaDefinition;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the AppSync service itself adds to the schema that it is given: its scalars, its
/// directives, and its own picture of both in introspection.
public final class ServiceSchema {

  private static final Pattern SCALAR = Pattern.compile("\\bAWS[A-Z][A-Za-z]+\\b");

  private static final String DIRECTIVES =
      """
      "Tells the service which mutation triggers this subscription."
      directive @aws_subscribe(
        "List of mutations which will trigger this subscription when they are called."
        mutations: [String]
      ) on FIELD_DEFINITION
      "Tells the service which subscriptions will be published to when this mutation is called. This \
      directive is deprecated use @aws_susbscribe directive instead."
      directive @aws_publish(
        "List of subscriptions which will be published to when this mutation is called."
        subscriptions: [String]
      ) on FIELD_DEFINITION
      "Directs the schema to enforce authorization on a field"
      directive @aws_auth(
        "List of cognito user pool groups which have access on this field"
        cognito_groups: [String]
      ) on FIELD_DEFINITION
      "Tells the service this field/object has access authorized by an API key."
      directive @aws_api_key on OBJECT | FIELD_DEFINITION
      "Tells the service this field/object has access authorized by sigv4 signing."
      directive @aws_iam on OBJECT | FIELD_DEFINITION
      "Tells the service this field/object has access authorized by an OIDC token."
      directive @aws_oidc on OBJECT | FIELD_DEFINITION
      "Tells the service this field/object has access authorized by a Cognito User Pools token."
      directive @aws_cognito_user_pools(
        "List of cognito user pool groups which have access on this field"
        cognito_groups: [String]
      ) on OBJECT | FIELD_DEFINITION
      """;

  /// Lambda authorisers came to the service after the first generation of directives.
  private static final String LATER_DIRECTIVES =
      """
      "Tells the service this field/object has access authorized by a Lambda Authorizer."
      directive @aws_lambda on OBJECT | FIELD_DEFINITION
      """;

  private ServiceSchema() {}

  /// The scalars that the service brings, whether a schema uses them or not.
  public static Set<String> scalars() {
    return ServiceScalars.DESCRIPTIONS.keySet();
  }

  /// The definitions that the service puts before a schema: its directives, and those of its
  /// scalars that the schema uses.
  ///
  /// @param sdl the schema that [dev.polder.appsync.api.Api#sdl] holds
  public static String prelude(Generation generation, String sdl) {
    StringBuilder prelude = new StringBuilder(DIRECTIVES);
    if (generation == Generation.V2) {
      prelude.append(LATER_DIRECTIVES);
    }
    used(sdl).forEach(name -> prelude.append("scalar ").append(name).append('\n'));
    return prelude.toString();
  }

  private static Collection<String> used(String sdl) {
    Set<String> used = new TreeSet<>();
    Matcher matcher = SCALAR.matcher(sdl);
    while (matcher.find()) {
      if (scalars().contains(matcher.group())) {
        used.add(matcher.group());
      }
    }
    return used;
  }

  /// The schema that is executed, with introspection as the service answers it.
  ///
  /// @param wiring fetchers of the fields, and a scalar for each of [#scalars] that the schema
  ///   uses; their descriptions are set here
  public static GraphQLSchema assemble(Generation generation, String sdl, RuntimeWiring wiring) {
    SchemaParser parser = new SchemaParser();
    TypeDefinitionRegistry registry = parser.parse(sdl);
    String subscription =
        registry.schemaDefinition().map(ServiceSchema::subscription).orElse("Subscription");
    if (registry.getTypeOrNull(subscription) instanceof ObjectTypeDefinition type) {
      registry.remove(type);
      registry.add(withoutRepeats(type));
    }
    TypeDefinitionRegistry service = parser.parse(prelude(generation, sdl));
    registry.merge(service);
    return ServiceIntrospection.of(
        new SchemaGenerator().makeExecutableSchema(registry, described(wiring)));
  }

  private static String subscription(SchemaDefinition schema) {
    return schema.getOperationTypeDefinitions().stream()
        .filter(root -> root.getName().equals("subscription"))
        .map(root -> root.getTypeName().getName())
        .findFirst()
        .orElse("");
  }

  /// A subscription may have an argument twice in a generated schema, which says nothing more.
  private static ObjectTypeDefinition withoutRepeats(ObjectTypeDefinition type) {
    return type.transform(copy ->
        copy.fieldDefinitions(
            type.getFieldDefinitions().stream().map(ServiceSchema::withoutRepeats).toList()));
  }

  private static FieldDefinition withoutRepeats(FieldDefinition field) {
    Map<String, InputValueDefinition> arguments = new LinkedHashMap<>();
    field
        .getInputValueDefinitions()
        .forEach(argument -> arguments.putIfAbsent(argument.getName(), argument));
    return field.transform(copy -> copy.inputValueDefinitions(List.copyOf(arguments.values())));
  }

  private static RuntimeWiring described(RuntimeWiring wiring) {
    return wiring.transform(builder -> {
      builder.strictMode(false);
      wiring.getScalars().values().stream()
          .filter(scalar -> scalars().contains(scalar.getName()))
          .map(ServiceSchema::described)
          .forEach(builder::scalar);
    });
  }

  private static GraphQLScalarType described(GraphQLScalarType scalar) {
    String description = ServiceScalars.DESCRIPTIONS.get(scalar.getName());
    return scalar.transform(copy -> copy.description(description));
  }
}
