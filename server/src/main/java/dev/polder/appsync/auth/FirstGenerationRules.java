package dev.polder.appsync.auth;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.run.FieldException;
import dev.polder.appsync.run.Identity;
import dev.polder.appsync.run.Request;
import graphql.language.FieldDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rules of the first generation, as its generated resolvers check them.
///
/// An operation that no rule speaks of is open to every caller of the API. What is read is judged
/// object by object: a list leaves out what the caller may not see, a single object is refused. A
/// write carries what the rules demand of the stored object in its condition, so that it is the
/// condition that fails.
///
/// https://docs.amplify.aws/gen1/javascript/tools/cli-legacy/auth-directive/
final class FirstGenerationRules implements ApiRules {
  private final FieldModes modes;
  private final boolean hidesFields;
  private final Map<FieldName, Resolver> resolvers;
  private final List<String> order;
  private final Map<String, GuardedType> models = new HashMap<>();
  private final Map<FieldName, Guard> plainFields = new HashMap<>();

  FirstGenerationRules(Api api, AuthSettings settings) {
    TypeDefinitionRegistry schema = new SchemaParser().parse(api.sdl());
    this.modes = new FieldModes(schema, settings);
    this.hidesFields = settings.find(AuthSetting.Function.class).isPresent();
    this.resolvers = api.resolvers();
    this.order = List.copyOf(api.models().keySet());
    for (var type : schema.getTypes(ObjectTypeDefinition.class)) {
      Map<String, List<AuthRule>> ofFields = new LinkedHashMap<>();
      for (FieldDefinition field : type.getFieldDefinitions()) {
        List<AuthRule> rules = api.fieldRules().get(new FieldName(type.getName(), field.getName()));
        if (rules != null) {
          ofFields.put(field.getName(), rules);
        }
      }
      if (api.models().containsKey(type.getName())) {
        List<AuthRule> ofType = api.typeRules().getOrDefault(type.getName(), List.of());
        models.put(type.getName(), new GuardedType(lists(type), ofType, ofFields));
      } else {
        ofFields.forEach(
            (field, rules) -> plainFields.put(new FieldName(type.getName(), field), plain(rules)));
      }
    }
  }

  private static Set<String> lists(ObjectTypeDefinition type) {
    Set<String> lists = new HashSet<>();
    for (FieldDefinition field : type.getFieldDefinitions()) {
      var outer = field.getType();
      if (outer instanceof ListType
          || (outer instanceof NonNullType required && required.getType() instanceof ListType)) {
        lists.add(field.getName());
      }
    }
    return lists;
  }

  /// A field outside of models has no object to judge by: only groups that the schema names count.
  private static Guard plain(List<AuthRule> rules) {
    return new Guard(rules.stream().filter(rule -> !rule.groups().isEmpty()).toList(), Set.of());
  }

  private static KnownCaller caller(Request request) {
    Identity identity = request.identity();
    return switch (identity) {
      case KnownCaller known -> known;
      // What stands for a caller with a key where nobody was asked for one.
      default -> new KnownCaller.ByKey();
    };
  }

  private GuardedType type(Model model) {
    return models.getOrDefault(model.type(), new GuardedType(Set.of(), List.of(), Map.of()));
  }

  @Override
  public boolean guards(FieldName field) {
    GuardedType type = models.get(field.type());
    return hidesFields
        || modes.guards(field)
        || plainFields.containsKey(field)
        || (type != null && type.guards(field.field()));
  }

  @Override
  public void field(Request request, FieldName field, Map<String, @Nullable Object> source) {
    KnownCaller caller = caller(request);
    boolean hidden =
        caller instanceof KnownCaller.ByFunction known && known.denied().contains(field.toString());
    GuardedType type = models.get(field.type());
    Guard guard =
        type == null
            ? plainFields.getOrDefault(field, Guard.NONE)
            : source.isEmpty() ? Guard.NONE : type.ofReading(field.field());
    KnownCaller.ByToken token = guard.concerned(caller);
    if (hidden || !modes.admits(caller, field) || (token != null && !guard.admits(token, source))) {
      throw FieldException.notAuthorized(field.field(), field.type());
    }
  }

  @Override
  public @Nullable Object shown(
      FieldName field, @Nullable FieldName mutation, @Nullable Object value) {
    GuardedType type = models.get(field.type());
    if (type == null || mutation == null) {
      return value;
    }
    boolean hidden =
        switch (resolvers.get(mutation)) {
          case Resolver.Create _ -> type.hides(field.field(), Operation.CREATE);
          case Resolver.Update _ -> type.hides(field.field(), Operation.UPDATE);
          case Resolver.Delete _ -> type.hides(field.field(), Operation.DELETE);
          case null, default -> false;
        };
    return hidden ? null : value;
  }

  @Override
  public Map<String, @Nullable Object> create(
      Request request, Model model, Map<String, @Nullable Object> input) {
    Map<String, @Nullable Object> filled = new LinkedHashMap<>(input);
    if (caller(request) instanceof KnownCaller.ByToken token) {
      var check = new CreationCheck(token, filled);
      for (Guard guard : type(model).ofCreation(input)) {
        if (guard.concerned(token) != null && !check.passes(guard)) {
          throw FieldException.notAuthorized();
        }
      }
    }
    return filled;
  }

  @Override
  public @Nullable Map<String, @Nullable Object> condition(
      Request request, Model model, Operation operation, Map<String, @Nullable Object> input) {
    if (!(caller(request) instanceof KnownCaller.ByToken token)) {
      return null;
    }
    GuardedType type = type(model);
    List<GuardedType.Check> checks =
        operation == Operation.UPDATE
            ? type.ofChange(input)
            : List.of(new GuardedType.Check("", type.of(operation)));
    var condition = new WriteCondition(token);
    for (GuardedType.Check check : checks) {
      if (check.guard().concerned(token) != null) {
        condition.add(check.field(), check.guard());
      }
    }
    return condition.input();
  }

  @Override
  public @Nullable Predicate<Map<String, @Nullable Object>> judge(
      Request request, Model model, Operation operation) {
    Guard guard = type(model).of(operation);
    KnownCaller.ByToken token = guard.concerned(caller(request));
    return token == null || guard.admits(token) ? null : object -> guard.admits(token, object);
  }

  /// A connection with rules of its own goes by them alone, unless the rules of the model that it
  /// leads to come later in the schema: where subscribers are protected, the generated template of
  /// the field takes the place of the one that was there before.
  @Override
  public @Nullable Predicate<Map<String, @Nullable Object>> judgeRelated(
      Request request, FieldName field, Model model) {
    GuardedType type = models.get(field.type());
    boolean own = type != null && type.isProtected(field.field());
    return own && order.indexOf(model.type()) <= order.indexOf(field.type())
        ? null
        : judge(request, model, Operation.SYNC);
  }

  @Override
  public Optional<Map<String, Object>> subscribe(
      Request request, FieldName field, String type, Map<String, @Nullable Object> arguments) {
    field(request, field, Map.of());
    GuardedType delivered = models.get(type);
    Guard guard = delivered == null ? Guard.NONE : delivered.ofSubscription();
    KnownCaller.ByToken token = guard.concerned(caller(request));
    if (token != null && !guard.admits(token, arguments)) {
      throw FieldException.notAuthorized(field.field(), field.type());
    }
    return Optional.empty();
  }

  /// None: who must name themselves to subscribe hear of what names them.
  @Override
  public Set<String> ownerArguments(String type) {
    return Set.of();
  }
}
